import { HASH_WORDS, halfSipHash } from '../keys/half-sip-hash.ts'

/** The words by which a join key is known. @param hashKey of all sets of fingerprints */
export function hashOfKey(hashKey: Int32Array, key: string): { first: number; second: number } {
  const text = Buffer.from(key)
  const hash = new Int32Array(HASH_WORDS)
  const view = new DataView(text.buffer, text.byteOffset, text.length)
  halfSipHash(view, 0, text.length, hashKey.subarray(0, HASH_WORDS), hash)
  return { first: (hash[0] as number) || 1, second: hash[1] as number }
}
