import { FINGERPRINT_WORDS } from './known-table.ts'

/** Rows of a part at most, on average: 32 to 64 KB. */
const PART_ROWS = 4_096

/** In how many parts the fingerprints of so many rows are kept: a power of two. */
export function countParts(rows: number): number {
  let parts = 1
  while (parts * PART_ROWS < rows) parts *= 2
  return parts
}

/** In which of `parts` parts a key is, by the first bits of its hash. */
export function partOf(first: number, parts: number): number {
  return Math.floor(((first >>> 0) / 2 ** 32) * parts)
}

/** Sorts fingerprints into parts. @param blocks whole fingerprints, one after the other */
export function cutIntoParts(blocks: readonly Int32Array[], rows: number): Int32Array<ArrayBuffer>[] {
  const count = countParts(rows)
  const sizes = new Int32Array(count)
  for (const block of blocks) {
    for (let at = 0; at < block.length; at += FINGERPRINT_WORDS) {
      const part = partOf(block[at] as number, count)
      sizes[part] = (sizes[part] as number) + FINGERPRINT_WORDS
    }
  }
  const parts = Array.from(sizes, (size) => new Int32Array(size))
  const ends = new Int32Array(count)
  for (const block of blocks) {
    for (let at = 0; at < block.length; at += FINGERPRINT_WORDS) {
      const part = partOf(block[at] as number, count)
      const to = ends[part] as number
      parts[part]?.set(block.subarray(at, at + FINGERPRINT_WORDS), to)
      ends[part] = to + FINGERPRINT_WORDS
    }
  }
  return parts
}
