import { MAX_PROPERTY_CHARACTERS } from '../heap-limits.ts'
import { charactersAbove, isSoundText } from '../text/characters.ts'
import type { Parsed } from './parsed.ts'

/** Reads the text that an empty cell becomes; an empty one leaves the old value in Heap. */
export function parseEmptyValue(text: string): Parsed<string> {
  if (!isSoundText(text)) {
    return { error: 'The text for empty cells is not valid text. Give another one, for example (none).' }
  }
  if (charactersAbove(text, MAX_PROPERTY_CHARACTERS) !== undefined) {
    return {
      error: `The text for empty cells has more than ${MAX_PROPERTY_CHARACTERS} characters, which Heap does not take. Give a shorter one.`,
    }
  }
  return { value: text }
}
