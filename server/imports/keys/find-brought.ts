import { zstdDecompressSync } from 'node:zlib'
import type { KeyRepository } from '../../database/repositories/repair/key-repository.ts'
import { hasHash, placeOfKey } from './join-key-set.ts'

/**
 * Which of some keys an import has brought, as `tellKeys` wrote it down.
 *
 * @throws KeysNotWritten when nothing is written down
 */
export async function findBrought(
  repository: Pick<KeyRepository, 'hashKey' | 'part'>,
  importId: number,
  keys: ReadonlySet<string>,
): Promise<Set<string>> {
  const written = await repository.hashKey(importId)
  if (!written) throw new KeysNotWritten(importId)
  const hashKey = new Int32Array(Uint8Array.from(written).buffer)
  const places = [...keys].map((key) => ({ key, ...placeOfKey(hashKey, key) }))
  const brought = new Set<string>()
  for (const [part, inPart] of Map.groupBy(places, (place) => place.part)) {
    const packed = await repository.part(importId, part)
    if (!packed) throw new KeysNotWritten(importId)
    const slots = new Uint32Array(Uint8Array.from(zstdDecompressSync(packed)).buffer)
    for (const { key, first, second } of inPart) if (hasHash(slots, first, second)) brought.add(key)
  }
  return brought
}

/** What a later import has brought was known, and is not any more: kept too long, or lost. Not to be repeated. */
export class KeysNotWritten extends Error {
  override readonly name = 'KeysNotWritten'
  readonly importId: number

  constructor(importId: number) {
    super(`the keys of import ${importId} are not written down`)
    this.importId = importId
  }
}
