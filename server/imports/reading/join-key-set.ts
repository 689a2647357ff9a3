import { randomBytes } from 'node:crypto'
import { HASH_WORDS, sipHash } from './sip-hash.ts'

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
 * Kept are 96 bits of a key's SipHash: among n different keys two are taken for the same with a probability of n²
 * in 2^97, which is 2e-14 for the 50 million that a Look may have. The hash has a random key for each set, so that
 * nobody can construct keys that are taken for the same.
 */
export class JoinKeySet {
  #parts = Array.from({ length: PARTS }, () => {
    const slots = new Uint32Array(FIRST_CAPACITY * WORDS)
    return { slots, used: 0, most: mostUsed(slots) }
  })
  #key = new Int32Array(HASH_WORDS)
  #hash = new Int32Array(HASH_WORDS)
  #text = Buffer.alloc(1_024)
  #view = new DataView(this.#text.buffer, this.#text.byteOffset, this.#text.length)

  constructor() {
    const random = randomBytes(HASH_WORDS * 4)
    this.#key = Int32Array.from({ length: HASH_WORDS }, (_, word) => random.readInt32LE(word * 4))
  }

  /** @returns false when the key has been added before */
  add(key: string): boolean {
    const most = key.length * 3
    if (most > this.#text.length) {
      this.#text = Buffer.alloc(most)
      this.#view = new DataView(this.#text.buffer, this.#text.byteOffset, most)
    }
    return this.addBytes(this.#view, 0, this.#text.write(key))
  }

  /** The same for a key that is at hand as UTF-8. */
  addBytes(view: DataView, from: number, end: number): boolean {
    const hash = this.#hash
    sipHash(view, from, end, this.#key, hash)
    const part = this.#parts[(hash[3] as number) & (PARTS - 1)]
    if (!part) throw new RangeError('a byte is below 256')
    // A slot of zeros is free, so that no hash may be all zeros.
    const first = (hash[0] as number) >>> 0 || 1
    const second = (hash[1] as number) >>> 0
    const third = (hash[2] as number) >>> 0
    if (part.used >= part.most) {
      part.slots = grow(part.slots)
      part.most = mostUsed(part.slots)
    }
    const added = insert(part.slots, first, second, third)
    if (added) part.used += 1
    return added
  }
}

function mostUsed(slots: Uint32Array): number {
  return Math.floor((slots.length / WORDS) * MAX_LOAD)
}

/** Where a hash's search begins: in the order of the hashes, so that growing goes through memory in order. */
function slotOf(word: number, slots: Uint32Array): number {
  const capacity = (slots.length / WORDS) | 0
  return Math.imul(((word * capacity) / 2 ** 32) | 0, WORDS)
}

function insert(slots: Uint32Array, first: number, second: number, third: number): boolean {
  const end = slots.length
  let slot = slotOf(second, slots)
  for (;;) {
    const there = slots[slot] as number
    if (there === 0) break
    if (there === first && slots[slot + 1] === second && slots[slot + 2] === third) return false
    slot += WORDS
    if (slot === end) slot = 0
  }
  slots[slot] = first
  slots[slot + 1] = second
  slots[slot + 2] = third
  return true
}

function grow(slots: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil((slots.length / WORDS) * GROWTH) * WORDS)
  for (let slot = 0; slot < slots.length; slot += WORDS) {
    const first = slots[slot] as number
    if (first !== 0) insert(larger, first, slots[slot + 1] as number, slots[slot + 2] as number)
  }
  return larger
}
