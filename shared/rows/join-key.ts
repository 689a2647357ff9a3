import { MAX_JOIN_KEY_CHARACTERS } from '../heap-limits.ts'
import { charactersAbove, isSoundText } from '../text/characters.ts'
import { unwrapAnchor } from './formatted-cell.ts'

/**
 * Values that software writes where a key is missing. Heap merges everybody who shares an identity into one
 * profile, for good, so none of these may ever be sent. Compared without regard to case.
 */
export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'undefined',
  'null',
  '(null)',
  'nil',
  'none',
  'nan',
  'infinity',
  '-infinity',
  'n/a',
  'unknown',
  'anonymous',
  'guest',
  'user',
  'true',
  'false',
  '[object object]',
  '∅',
])

export const LONGEST_PLACEHOLDER = Math.max(...[...PLACEHOLDERS].map((text) => text.length))

export type JoinKey =
  | { kind: 'key'; key: string }
  /** The row has no join key; Heap's own integration leaves such rows out as well. */
  | { kind: 'missing' }
  | {
      kind: 'refused'
      reason: 'join_key_placeholder' | 'join_key_too_long' | 'join_key_not_a_value' | 'join_key_broken_text'
      /** What stood in the cell, so that the row can be found. */
      key: string
    }

const MISSING: JoinKey = { kind: 'missing' }

/**
 * Turns the value of a join key cell into the key that Heap gets. White space around it is no part of a key;
 * case is kept, as Heap matches identities case by case. Zero is a key like any other.
 *
 * @param notes counted up in place
 */
export function readJoinKey(value: unknown, notes?: { unwrapped: number }): JoinKey {
  if (value === null || value === undefined) return MISSING
  if (typeof value === 'object') {
    return { kind: 'refused', reason: 'join_key_not_a_value', key: JSON.stringify(value) }
  }
  let text = String(value)
  if (typeof value === 'string' && value.startsWith('<a ')) {
    const inner = unwrapAnchor(value)
    if (inner !== undefined) {
      text = inner
      if (notes) notes.unwrapped += 1
    }
  }
  const key = text.trim()
  if (key === '') return MISSING
  if (key.length <= LONGEST_PLACEHOLDER && PLACEHOLDERS.has(key.toLowerCase())) {
    return { kind: 'refused', reason: 'join_key_placeholder', key }
  }
  if (charactersAbove(key, MAX_JOIN_KEY_CHARACTERS) !== undefined) {
    return { kind: 'refused', reason: 'join_key_too_long', key }
  }
  // Who replaces or drops what is broken makes one key of two, and so one person of two.
  if (!isSoundText(key)) return { kind: 'refused', reason: 'join_key_broken_text', key }
  return { kind: 'key', key }
}
