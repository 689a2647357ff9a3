import { FINGERPRINT_WORDS } from './known-table.ts'

/** Rows of a part at most, on average: 32 to 64 KB. */
const PART_ROWS = 4_096

/** In how many parts the fingerprints of so many rows are kept: a power of two. */
export function countParts(rows: number): number {
  let parts = 1
  while (parts * PART_ROWS < rows) parts *= 2
  return parts
}

/** In which of `parts` parts, at most 65,536, a key is: by the first bits of its hash. */
export function partOf(first: number, parts: number): number {
  return partByShift(first, shiftOf(parts))
}

/** Sorts fingerprints into parts. @param blocks whole fingerprints, one after the other */
export function cutIntoParts(blocks: readonly Int32Array[], rows: number): Int32Array<ArrayBuffer>[] {
  const shift = shiftOf(countParts(rows))
  const sizes = new Int32Array(countParts(rows))
  for (const block of blocks) {
    for (let at = 0; at < block.length; at += FINGERPRINT_WORDS) {
      const part = partByShift(block[at] as number, shift)
      sizes[part] = (sizes[part] as number) + FINGERPRINT_WORDS
    }
  }
  const parts = Array.from(sizes, (size) => new Int32Array(size))
  const ends = new Int32Array(parts.length)
  for (const block of blocks) {
    for (let at = 0; at < block.length; at += FINGERPRINT_WORDS) {
      const index = partByShift(block[at] as number, shift)
      const part = parts[index] as Int32Array
      const end = ends[index] as number
      // Word by word: a part of the block would be an object a row.
      part[end] = block[at] as number
      part[end + 1] = block[at + 1] as number
      part[end + 2] = block[at + 2] as number
      part[end + 3] = block[at + 3] as number
      ends[index] = end + FINGERPRINT_WORDS
    }
  }
  return parts
}

/** A shift by all 32 bits would be none: so there are two. */
function partByShift(first: number, shift: number): number {
  return (first >>> 16) >>> shift
}

function shiftOf(parts: number): number {
  return 16 - Math.log2(parts)
}
