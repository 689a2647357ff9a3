import fc from 'fast-check'
import { expect, test } from 'vitest'
import { halfSipHash } from './half-sip-hash.ts'

/** Of the authors' test vectors for HalfSipHash-2-4: the bytes 0, 1, 2 ... in this number, with the key 0 to 7. */
const VECTORS = [
  [0, '218d1f59b9b83cc8'],
  [1, 'be552412f8387315'],
  [2, '064f39ef7c50eb57'],
  [3, 'ce0f1a45f7060679'],
  [4, 'd5e78a175be52ea1'],
  [7, 'ff202728b07bc684'],
  [8, 'edfee820bce4858c'],
  [15, '217d0bcb4e81c902'],
  [20, '1bf52b0a6feea7db'],
  [63, '2ea63c71bf326087'],
] as const

function hashOf(bytes: Uint8Array, key: Int32Array, before = 0, rounds: number[] = []): string {
  const shifted = Buffer.concat([Buffer.alloc(before, 1), bytes, Buffer.alloc(3, 1)])
  const view = new DataView(shifted.buffer, shifted.byteOffset, shifted.length)
  const hash = new Int32Array(2)
  halfSipHash(view, before, before + bytes.length, key, hash, ...rounds)
  return Buffer.from(hash.buffer).toString('hex')
}

const KEY = new Int32Array(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7).buffer)

test.each(VECTORS)('hashes %i bytes as the reference does', (length, expected) => {
  const bytes = Uint8Array.from({ length }, (_, index) => index)
  expect(hashOf(bytes, KEY, 0, [2, 4])).toBe(expected)
})

test('depends on every bit of text and key, and not on where the text stands', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(63), fc.nat(9), (text, bit, keyBit, before) => {
      const hash = hashOf(text, KEY)
      expect(hashOf(text, KEY, before)).toBe(hash)
      const other = Uint8Array.from(text)
      other[(bit >> 3) % text.length]! ^= 1 << (bit & 7)
      expect(hashOf(other, KEY)).not.toBe(hash)
      const otherKey = Int32Array.from(KEY)
      otherKey[keyBit >> 5]! ^= 1 << (keyBit & 31)
      expect(hashOf(text, otherKey)).not.toBe(hash)
    }),
  )
})
