import { charactersAbove, cutCharacters } from './characters.ts'

/** Longest text of Looker, of Heap or of a failure inside a message: Looker shows it in a mail. */
const MAX_QUOTED = 200

/** A text as one line of at most `limit` characters. */
export function shorten(text: string, limit = MAX_QUOTED): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return charactersAbove(line, limit) === undefined ? line : `${cutCharacters(line, limit - 3)}...`
}
