/** A text in which letters of any case are equal, with the place in the text that each of its units came from. */
export type Folded = { folded: string; places: number[] }

/**
 * By way of capitals, so that `ß` and `SS`, and the two small sigmas of Greek, are equal. What folds to several units
 * has one place.
 */
export function foldCase(text: string): Folded {
  const places: number[] = []
  let folded = ''
  let at = 0
  for (const character of text) {
    const lower = character.toUpperCase().toLowerCase()
    for (let unit = 0; unit < lower.length; unit += 1) {
      places.push(lower.length === character.length ? at + unit : at)
    }
    folded += lower
    at += character.length
  }
  return { folded, places }
}
