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

/** As the paper writes it down, a round at a time. */
function asInThePaper(bytes: Uint8Array, key: Int32Array, compression: number, finalization: number): string {
  const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))
  const [low, high] = [key[0]!, key[1]!]
  const v: [number, number, number, number] = [low, high, low ^ 0x6c796765, high ^ 0x74656462]
  const round = () => {
    v[0] = (v[0] + v[1]) | 0
    v[1] = rotate(v[1], 5) ^ v[0]
    v[0] = rotate(v[0], 16)
    v[2] = (v[2] + v[3]) | 0
    v[3] = rotate(v[3], 8) ^ v[2]
    v[0] = (v[0] + v[3]) | 0
    v[3] = rotate(v[3], 7) ^ v[0]
    v[2] = (v[2] + v[1]) | 0
    v[1] = rotate(v[1], 13) ^ v[2]
    v[2] = rotate(v[2], 16)
  }
  const rounds = (count: number) => {
    for (let done = 0; done < count; done += 1) round()
  }
  const padded = Buffer.alloc((Math.floor(bytes.length / 4) + 1) * 4)
  padded.set(bytes)
  padded[padded.length - 1] = bytes.length & 0xff
  v[1] ^= 0xee
  for (let at = 0; at < padded.length; at += 4) {
    const word = padded.readInt32LE(at)
    v[3] ^= word
    rounds(compression)
    v[0] ^= word
  }
  const hash = Buffer.alloc(8)
  v[2] ^= 0xee
  rounds(finalization)
  hash.writeInt32LE(v[1] ^ v[3], 0)
  v[1] ^= 0xdd
  rounds(finalization)
  hash.writeInt32LE(v[1] ^ v[3], 4)
  return hash.toString('hex')
}

test('is the same by words and by rounds', () => {
  const key = fc.tuple(fc.integer(), fc.integer()).map((words) => Int32Array.from(words))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), key, fc.nat(9), (bytes, key, before) => {
      expect(hashOf(bytes, key, before)).toBe(asInThePaper(bytes, key, 1, 3))
      expect(hashOf(bytes, key, before, [2, 4])).toBe(asInThePaper(bytes, key, 2, 4))
    }),
  )
})
