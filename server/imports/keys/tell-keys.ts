import { zstdCompressSync } from 'node:zlib'
import type { KeyRepository } from '../../database/repositories/repair/key-repository.ts'
import type { JoinKeySet } from './join-key-set.ts'

/**
 * Writes down which join keys an import has brought, where an older import has rows that could be tried again: they
 * must not replace what this one brings. To be called after all its rows are stored, and before it counts as read.
 *
 * @param keys null: no row was looked at
 */
export async function tellKeys(
  repository: KeyRepository,
  importId: number,
  keys: JoinKeySet | null,
): Promise<void> {
  if (keys === null) return repository.tell(importId, null)
  if (await repository.settle(importId)) return
  const { hashKey, parts } = keys.written()
  await repository.tell(importId, {
    hashKey: new Uint8Array(hashKey.buffer),
    parts: parts.map((slots) => zstdCompressSync(new Uint8Array(slots.buffer))),
  })
}
