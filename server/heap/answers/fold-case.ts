/** Both small sigmas of Greek have one capital; the second stands at the end of words only. */
const FINAL_SIGMA = /ς/g

/** A text in which letters of any case are equal: `ß` and `SS` as well, by way of capitals. */
export function fold(text: string): string {
  return text.toUpperCase().toLowerCase().replace(FINAL_SIGMA, 'σ')
}

/** A text in which letters of any case are equal, with the place in the text that each of its units came from. */
export type Folded = { folded: string; places: number[] }

/** The same as `fold`, with places. What folds to several units has one place. */
export function foldCase(text: string): Folded {
  const places: number[] = []
  let folded = ''
  let at = 0
  for (const character of text) {
    const lower = fold(character)
    for (let unit = 0; unit < lower.length; unit += 1) {
      places.push(lower.length === character.length ? at + unit : at)
    }
    folded += lower
    at += character.length
  }
  return { folded, places }
}
