import { hash } from 'node:crypto'

/** Words of 32 bits kept of a key's hash. */
const WORDS = 3

/** The set is cut into parts, so that growing never needs twice its memory. */
const PARTS = 256

const FIRST_CAPACITY = 16
const GROWTH = 1.5
const MAX_LOAD = 0.75

/**
 * Remembers which join keys an import has had, in about 20 bytes a key whatever its length: 10 million keys
 * take some 200 MB, 1 million 20 MB.
 *
 * Kept are 96 bits of a key's SHA-256: among 10 million keys two different ones are taken for the same with
 * a probability below 1e-15, which is rarer than a wrong bit in memory, and nobody can construct such keys.
 */
export class JoinKeySet {
  #parts = Array.from({ length: PARTS }, () => ({ slots: new Uint32Array(FIRST_CAPACITY * WORDS), used: 0 }))

  /** @returns false when the key has been added before */
  add(key: string): boolean {
    // As "binary" text, a character is a byte of the hash: a third of the time that a buffer takes to make.
    const digest = hash('sha256', key, 'binary')
    const part = this.#parts[digest.charCodeAt(12)]
    if (!part) throw new RangeError('a byte is below 256')
    // A slot of zeros is free, so that no hash may be all zeros.
    const first = wordAt(digest, 0) || 1
    const second = wordAt(digest, 4)
    const third = wordAt(digest, 8)
    if (part.used >= (part.slots.length / WORDS) * MAX_LOAD) part.slots = grow(part.slots)
    const added = insert(part.slots, first, second, third)
    if (added) part.used += 1
    return added
  }
}

function wordAt(digest: string, byte: number): number {
  return (
    (digest.charCodeAt(byte) |
      (digest.charCodeAt(byte + 1) << 8) |
      (digest.charCodeAt(byte + 2) << 16) |
      (digest.charCodeAt(byte + 3) << 24)) >>>
    0
  )
}

function insert(slots: Uint32Array, first: number, second: number, third: number): boolean {
  const capacity = slots.length / WORDS
  let slot = (second % capacity) * WORDS
  while (slots[slot] !== 0) {
    if (slots[slot] === first && slots[slot + 1] === second && slots[slot + 2] === third) return false
    slot += WORDS
    if (slot === slots.length) slot = 0
  }
  slots[slot] = first
  slots[slot + 1] = second
  slots[slot + 2] = third
  return true
}

function grow(slots: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil((slots.length / WORDS) * GROWTH) * WORDS)
  for (let slot = 0; slot < slots.length; slot += WORDS) {
    const first = slots[slot] ?? 0
    if (first !== 0) insert(larger, first, slots[slot + 1] ?? 0, slots[slot + 2] ?? 0)
  }
  return larger
}
