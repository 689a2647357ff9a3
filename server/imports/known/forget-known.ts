import type { KnownRepository } from '../../database/repositories/known-repository.ts'
import { hashOfKey } from './hash-of-key.ts'
import { partOf } from './known-parts.ts'
import { FINGERPRINT_WORDS } from './known-table.ts'

/**
 * Takes the fingerprint of a join key off all sets of a connection. What is read at this moment keeps its own until the
 * next delivery; a set that is dropped meanwhile has none.
 *
 * @returns how many there were
 */
export async function forgetKnown(
  repository: Pick<KnownRepository, 'hashKey' | 'setsOf' | 'shrink'>,
  connectionId: number,
  key: string,
): Promise<number> {
  const { first, second } = hashOfKey(await repository.hashKey(), key)
  let found = 0
  for (const set of await repository.setsOf(connectionId)) {
    const isFound = await repository.shrink(set, partOf(first, set.parts), (words) =>
      without(words, first, second),
    )
    if (isFound) found += 1
  }
  return found
}

/** Null: the key is not there. */
function without(words: Int32Array, first: number, second: number): Int32Array<ArrayBuffer> | null {
  for (let at = 0; at < words.length; at += FINGERPRINT_WORDS) {
    if (words[at] !== first || words[at + 1] !== second) continue
    const others = new Int32Array(words.length - FINGERPRINT_WORDS)
    others.set(words.subarray(0, at))
    others.set(words.subarray(at + FINGERPRINT_WORDS), at)
    return others
  }
  return null
}
