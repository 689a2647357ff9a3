import { zstdDecompressSync } from 'node:zlib'
import type { KeyRepository } from '../../database/repositories/repair/key-repository.ts'
import { hasHash, placeOfKey } from './join-key-set.ts'

/**
 * Which of some keys an import has brought, as `tellKeys` wrote it down.
 *
 * @throws Error when nothing is written down
 */
export async function findBrought(
  repository: Pick<KeyRepository, 'hashKey' | 'part'>,
  importId: number,
  keys: ReadonlySet<string>,
): Promise<Set<string>> {
  const written = await repository.hashKey(importId)
  if (!written) throw new Error(`the keys of import ${importId} are not written down`)
  const hashKey = new Int32Array(Uint8Array.from(written).buffer)
  const places = [...keys].map((key) => ({ key, ...placeOfKey(hashKey, key) }))
  const brought = new Set<string>()
  for (const [part, inPart] of Map.groupBy(places, (place) => place.part)) {
    const packed = await repository.part(importId, part)
    if (!packed) throw new Error(`the keys of import ${importId} are not written down`)
    const slots = new Uint32Array(Uint8Array.from(zstdDecompressSync(packed)).buffer)
    for (const { key, first, second } of inPart) if (hasHash(slots, first, second)) brought.add(key)
  }
  return brought
}
