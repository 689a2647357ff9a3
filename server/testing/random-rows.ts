import fc from 'fast-check'
import type { RejectionReason } from '../../shared/report/import-counts.ts'

/** A row of the test: its key cell, and two values. */
export type RandomRow = { key: string | number | null; note: string | boolean | null; amount: number | null }

/** Few enough to collide. */
export const KEYS = Array.from({ length: 400 }, (_, index) => `k${index + 1}`)

const key: fc.Arbitrary<RandomRow['key']> = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: fc.constantFrom(...KEYS).map((text) => ` ${text}\t`) },
  { weight: 1, arbitrary: fc.constantFrom('null', 'UNDEFINED', 'Guest', '[object Object]') },
  { weight: 1, arbitrary: fc.constantFrom(null, '', '   ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(255), 'x'.repeat(256), '😀'.repeat(255), '😀'.repeat(256)),
  },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 12.5, '__proto__', 'ключ', '"', '\\', "o'brien", '\u2028') },
)

const note: fc.Arbitrary<RandomRow['note']> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.startsWith('<a ')),
  },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, '', 'é'.repeat(2_000), '\0', '</script>') },
)

const amount: fc.Arbitrary<RandomRow['amount']> = fc.oneof(
  fc.constantFrom(null, 0, -0.5, 1e-7, 1e21, Number.MAX_SAFE_INTEGER),
  fc.integer(),
)

export const randomRows: fc.Arbitrary<RandomRow[]> = fc.array(fc.record({ key, note, amount }), {
  maxLength: 500,
  size: 'max',
})

type Fate =
  | { kind: 'skipped' }
  | { kind: 'rejected'; reason: RejectionReason }
  /** Heap decides. */
  | { kind: 'entity'; key: string; properties: Record<string, string | number> }

/** What must become of the rows before Heap has a word; written down anew, so that it is no echo. */
export function fatesOf(rows: readonly RandomRow[]): Fate[] {
  const seen = new Set<string>()
  return rows.map(({ key: cell, note, amount }) => {
    const text = cell === null ? '' : String(cell).trim()
    if (text === '') return { kind: 'skipped' }
    if (['null', 'undefined', 'guest', '[object object]'].includes(text.toLowerCase())) {
      return { kind: 'rejected', reason: 'join_key_placeholder' }
    }
    if ([...text].length > 255) return { kind: 'rejected', reason: 'join_key_too_long' }
    if (seen.has(text)) return { kind: 'rejected', reason: 'join_key_duplicate' }
    seen.add(text)
    const properties: Record<string, string | number> = {}
    if (note !== null) properties['Users Note'] = [...String(note)].slice(0, 1023).join('')
    if (amount !== null) properties['Users Amount'] = amount
    return { kind: 'entity', key: text, properties }
  })
}
