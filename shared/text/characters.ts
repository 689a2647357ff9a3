/**
 * The number of characters (Unicode code points, not UTF-16 units) if it is above `limit`, else `undefined`.
 * The common short text is answered without counting.
 */
export function charactersAbove(text: string, limit: number): number | undefined {
  if (text.length <= limit) return undefined
  let count = 0
  for (const _ of text) count += 1
  return count > limit ? count : undefined
}

/** Is this text that every system can take: no half of a surrogate pair, no NUL? */
export function isSoundText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** The first `limit` characters of a text; never splits a surrogate pair. */
export function cutCharacters(text: string, limit: number): string {
  let count = 0
  let end = 0
  for (const character of text) {
    if (count === limit) return text.slice(0, end)
    count += 1
    end += character.length
  }
  return text
}
