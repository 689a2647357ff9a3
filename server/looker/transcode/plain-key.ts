import { MAX_JOIN_KEY_CHARACTERS } from '../../../shared/heap-limits.ts'
import { LONGEST_PLACEHOLDER, PLACEHOLDERS } from '../../../shared/rows/join-key.ts'

/** First bytes of placeholders, in both cases. */
const PLACEHOLDER_STARTS = new Uint8Array(256)
for (const text of PLACEHOLDERS) {
  for (const start of [text, text.toUpperCase()]) PLACEHOLDER_STARTS[Buffer.from(start)[0] ?? 0] = 1
}

/**
 * Is this text certainly a join key as it stands, so that the rule needs not be asked? Other texts may be one.
 *
 * @param from the first of the bytes, without quotes
 */
export function isPlainKey(view: DataView, from: number, end: number): boolean {
  const length = end - from
  if (length === 0 || length > MAX_JOIN_KEY_CHARACTERS) return false
  const first = view.getUint8(from)
  if (first <= 0x20 || first === 0x3c /* < */ || view.getUint8(end - 1) <= 0x20) return false
  if (length <= LONGEST_PLACEHOLDER && PLACEHOLDER_STARTS[first] === 1) return false
  let bits = 0
  for (let at = from; at < end; at += 1) bits |= view.getUint8(at)
  return bits < 0x80
}
