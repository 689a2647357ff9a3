import { HASH_WORDS, halfSipHash } from '../keys/half-sip-hash.ts'
import { JoinKeySet } from '../keys/join-key-set.ts'
import { cutIntoParts } from './known-parts.ts'
import type { KnownTable } from './known-table.ts'
import { FINGERPRINT_WORDS, LEFT_OUT } from './known-table.ts'

/** Rows of a block: what is gathered grows without being copied. */
const BLOCK_ROWS = 16_384

const LEFT_OUT_MASK = ~LEFT_OUT

export type RowMemory = ReturnType<typeof createRowMemory>

/**
 * Takes the fingerprints of an import's entities while it is read, and tells those that the last delivery sent just so.
 *
 * @param hashKey two words for join keys and two for lines
 * @param mostRows of more no fingerprints are kept
 * @param last what Heap certainly has of the last delivery; null: every row is sent
 */
export function createRowMemory(hashKey: Int32Array, mostRows: number, last: KnownTable | null) {
  const keys = new JoinKeySet(hashKey.subarray(0, HASH_WORDS))
  const lineKey = hashKey.subarray(HASH_WORDS)
  const line = new Int32Array(HASH_WORDS)
  const blocks: Int32Array[] = []
  let block = new Int32Array(0)
  let at = 0
  let rows = 0

  function keep(first: number, second: number, lineFirst: number, lineSecond: number): void {
    rows += 1
    if (rows > mostRows) {
      blocks.length = 0
      block = new Int32Array(0)
      return
    }
    if (at === block.length) {
      block = new Int32Array(BLOCK_ROWS * FINGERPRINT_WORDS)
      blocks.push(block)
      at = 0
    }
    block[at] = first
    block[at + 1] = second
    block[at + 2] = lineFirst
    block[at + 3] = lineSecond
    at += FINGERPRINT_WORDS
  }

  return {
    /** To be asked of each key whether it is new, before its row is noted. */
    keys,

    /** Notes the row of the key that was just added, by its line; is it to be left out? */
    isUnchanged(view: DataView, from: number, end: number): boolean {
      halfSipHash(view, from, end, lineKey, line)
      const first = keys.first() | 0
      const second = keys.second() | 0
      const lineFirst = line[0] as number
      const lineSecond = (line[1] as number) & LEFT_OUT_MASK
      const isUnchanged = last?.equals(first, second, lineFirst, lineSecond) ?? false
      keep(first, second, lineFirst, isUnchanged ? lineSecond | LEFT_OUT : lineSecond)
      return isUnchanged
    },

    /** The fingerprints as they are kept; null: there are too many. */
    parts(): Int32Array<ArrayBuffer>[] | null {
      if (rows > mostRows) return null
      const filled = blocks.map((entry) => (entry === block ? entry.subarray(0, at) : entry))
      return cutIntoParts(filled, rows)
    },

    rows: () => rows,
  }
}
