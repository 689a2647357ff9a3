import { randomBytes } from 'node:crypto'
import { HASH_WORDS, halfSipHash } from './half-sip-hash.ts'

/** A large table grows in a copy beside the old one; several small ones grow one after the other. */
const PARTS = 32

const FIRST_CAPACITY = 16
const GROWTH = 1.5
const MAX_LOAD = 0.75

/** The hashes of a set, in parts, and the key by which they were made. */
export type WrittenKeys = { hashKey: Int32Array; parts: readonly Uint32Array<ArrayBuffer>[] }

type Part = { slots: Uint32Array<ArrayBuffer>; used: number; most: number }

/**
 * Remembers which join keys an import has had, in 11 to 16 bytes a key whatever its length: 10 million keys
 * take some 140 MB, 1 million 14 MB.
 *
 * Kept are the 64 bits of a key's HalfSipHash: among n different keys two are taken for the same, and the second
 * one is reported as a duplicate, with a probability of n² in 2^65. That is 3e-8 for a million keys and 7e-5 for the
 * 50 million that a Look may have. The hash has a random key, for each set unless one is given, so that nobody can construct
 * keys that are taken for the same.
 */
export class JoinKeySet {
  #parts: Part[] = Array.from({ length: PARTS }, () =>
    partOf(new Uint32Array(FIRST_CAPACITY * HASH_WORDS), 0),
  )
  #key: Int32Array
  #hash = new Int32Array(HASH_WORDS)
  #first = 0
  #second = 0
  #text = Buffer.alloc(256)
  #view = new DataView(this.#text.buffer, this.#text.byteOffset, this.#text.length)

  /** @param hashKey two words; by default they are random */
  constructor(hashKey?: Int32Array) {
    if (hashKey) {
      this.#key = hashKey
      return
    }
    const random = randomBytes(HASH_WORDS * 4)
    this.#key = Int32Array.from({ length: HASH_WORDS }, (_, word) => random.readInt32LE(word * 4))
  }

  /** The hash of the key that was last given to `add` or `addBytes`; its first word is never zero. */
  first = (): number => this.#first
  second = (): number => this.#second

  /** @returns false when the key has been added before */
  add(key: string): boolean {
    const most = key.length * 3
    if (most > this.#text.length) {
      this.#text = Buffer.alloc(most)
      this.#view = new DataView(this.#text.buffer, this.#text.byteOffset, most)
    }
    return this.addBytes(this.#view, 0, this.#text.write(key))
  }

  /** All that is needed to find out later which keys the set has. It is not copied. */
  written(): WrittenKeys {
    return { hashKey: this.#key, parts: this.#parts.map(({ slots }) => slots) }
  }

  /** The same as `add` for a key that is at hand as UTF-8. */
  addBytes(view: DataView, from: number, end: number): boolean {
    const hash = this.#hash
    halfSipHash(view, from, end, this.#key, hash)
    // A slot of zeros is free, so that no first word may be zero.
    const first = (hash[0] as number) >>> 0 || 1
    const second = (hash[1] as number) >>> 0
    this.#first = first
    this.#second = second
    const index = first & (PARTS - 1)
    let part = this.#parts[index] as Part
    if (part.used >= part.most) {
      part = partOf(grow(part.slots), part.used)
      this.#parts[index] = part
    }
    if (!insert(part.slots, first, second)) return false
    part.used += 1
    return true
  }
}

/** Where a set that was made with `hashKey` would have a key: in which part, and as which hash. */
export function placeOfKey(hashKey: Int32Array, key: string) {
  const text = Buffer.from(key)
  const hash = new Int32Array(HASH_WORDS)
  halfSipHash(new DataView(text.buffer, text.byteOffset, text.length), 0, text.length, hashKey, hash)
  const first = (hash[0] as number) >>> 0 || 1
  return { part: first & (PARTS - 1), first, second: (hash[1] as number) >>> 0 }
}

/** Has a part of a set this hash? */
export function hasHash(slots: Uint32Array, first: number, second: number): boolean {
  const slot = findSlot(slots, first, second)
  return slots[slot] !== 0
}

function partOf(slots: Uint32Array<ArrayBuffer>, used: number): Part {
  return { slots, used, most: Math.floor((slots.length / HASH_WORDS) * MAX_LOAD) }
}

/** Where a hash's search begins: in the order of the hashes, so that growing goes through memory in order. */
function slotOf(word: number, slots: Uint32Array): number {
  return ((word * (slots.length >> 1)) / 2 ** 32) << 1
}

/** The slot of a hash, or the free one where it belongs. */
function findSlot(slots: Uint32Array, first: number, second: number): number {
  const end = slots.length
  let slot = slotOf(second, slots)
  for (;;) {
    const there = slots[slot] as number
    if (there === 0 || (there === first && slots[slot + 1] === second)) return slot
    slot += HASH_WORDS
    if (slot === end) slot = 0
  }
}

function insert(slots: Uint32Array, first: number, second: number): boolean {
  const slot = findSlot(slots, first, second)
  if (slots[slot] !== 0) return false
  slots[slot] = first
  slots[slot + 1] = second
  return true
}

function grow(slots: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.ceil((slots.length / HASH_WORDS) * GROWTH) * HASH_WORDS)
  for (let slot = 0; slot < slots.length; slot += HASH_WORDS) {
    const first = slots[slot] as number
    if (first !== 0) insert(larger, first, slots[slot + 1] as number)
  }
  return larger
}
