import { MAX_PROPERTY_CHARACTERS } from '../heap-limits.ts'
import { charactersAbove, cutCharacters } from '../text/characters.ts'
import { unwrapAnchor } from './formatted-cell.ts'
import type { LocalTimeReader } from './local-time.ts'

/** What Heap documents as a property value: a number or a string. `undefined` is left out of the request. */
export type PropertyValue = string | number | undefined

/** What was changed on the way to Heap, in cells. None of it makes a row rejected. */
export type ValueNotes = {
  /** Longer than Heap takes, cut to 1,023 characters. */
  cut: number
  /** Formatted cells that came as a link; the text in it was taken. */
  unwrapped: number
  /** Texts with half of a surrogate pair in them, which are left out: no JSON parser has to take them. */
  broken: number
}

/**
 * Turns the raw value of a cell into the property value that Heap gets.
 *
 * Numbers are kept as they are; one beyond the range of doubles (1e400) is left out, as JSON would make it
 * null. Heap documents numbers and strings only, so `false` becomes "false". Null
 * is left out: what Heap does with it is unknown. An empty string is a value. Lists and objects are sent as
 * JSON text rather than dropped.
 *
 * @param readTime set for time columns
 * @param notes counted up in place
 */
export function readPropertyValue(
  raw: unknown,
  readTime: LocalTimeReader | null,
  notes: ValueNotes,
): PropertyValue {
  switch (typeof raw) {
    case 'number':
      return Number.isFinite(raw) ? raw : undefined
    case 'string':
      return readText(raw, readTime, notes)
    case 'boolean':
      return String(raw)
    case 'undefined':
      return undefined
    default:
      return raw === null ? undefined : readText(JSON.stringify(raw), null, notes)
  }
}

function readText(raw: string, readTime: LocalTimeReader | null, notes: ValueNotes): PropertyValue {
  let text = raw
  if (raw.startsWith('<a ')) {
    const inner = unwrapAnchor(raw)
    if (inner !== undefined) {
      text = inner
      notes.unwrapped += 1
    }
  }
  if (readTime) text = readTime(text)
  if (!text.isWellFormed()) {
    notes.broken += 1
    return undefined
  }
  if (charactersAbove(text, MAX_PROPERTY_CHARACTERS) === undefined) return text
  notes.cut += 1
  return cutCharacters(text, MAX_PROPERTY_CHARACTERS)
}
