import type { Comparison } from '../../../shared/api/comparison.ts'
import type { KnownTable } from './known-table.ts'
import { createKnownTable, FINGERPRINT_WORDS } from './known-table.ts'

/** Fingerprints in parts, of which some are read at once. */
export type KnownParts = {
  /** A power of two. */
  count: number
  /** Parts `from` up to, and without, `to`. */
  read: (from: number, to: number) => Promise<readonly Int32Array[]>
}

/** Parts of the set with fewer of them that are read at once: at most some 4 MB of each set. */
const PARTS_AT_ONCE = 64

/** Compares the rows of two sets of fingerprints by join key. */
export async function compareRows(own: KnownParts, last: KnownParts): Promise<Comparison> {
  const found = { new: 0, changed: 0, unchanged: 0, gone: 0 }
  for await (const [parts, lastParts] of inStep(own, last)) {
    const table = tableOf(lastParts)
    let both = 0
    eachRow(parts, (first, second, lineFirst, lineSecond) => {
      if (!table.has(first, second)) found.new += 1
      else {
        both += 1
        if (table.equals(first, second, lineFirst, lineSecond)) found.unchanged += 1
        else found.changed += 1
      }
    })
    found.gone += table.rows() - both
  }
  return found
}

/** Parts of two sets that may have the same keys. */
async function* inStep(
  one: KnownParts,
  other: KnownParts,
): AsyncGenerator<[readonly Int32Array[], readonly Int32Array[]], void> {
  const steps = Math.min(one.count, other.count)
  const readStep = ({ count, read }: KnownParts, from: number, to: number) =>
    read((from * count) / steps, (to * count) / steps)
  const atOnce = Math.max(1, Math.floor((PARTS_AT_ONCE * steps) / Math.max(one.count, other.count)))
  for (let from = 0; from < steps; from += atOnce) {
    const to = Math.min(from + atOnce, steps)
    yield [await readStep(one, from, to), await readStep(other, from, to)]
  }
}

export function tableOf(parts: readonly Int32Array[]): KnownTable {
  const words = parts.reduce((sum, { length }) => sum + length, 0)
  const table = createKnownTable(words / FINGERPRINT_WORDS)
  eachRow(parts, table.add)
  return table
}

/** Calls back for every fingerprint, with its words. */
export function eachRow(
  parts: readonly Int32Array[],
  take: (first: number, second: number, lineFirst: number, lineSecond: number) => void,
): void {
  for (const words of parts) {
    for (let at = 0; at < words.length; at += FINGERPRINT_WORDS) {
      take(words[at] as number, words[at + 1] as number, words[at + 2] as number, words[at + 3] as number)
    }
  }
}
