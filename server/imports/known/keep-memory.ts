import type { KnownRepository } from '../../database/repositories/known-repository.ts'
import type { KnownParts } from './compare-rows.ts'
import { compareRows } from './compare-rows.ts'
import type { OpenedMemory } from './open-memory.ts'
import { setOf } from './open-memory.ts'

/**
 * Keeps the fingerprints of an import that was read to its end, with how its rows compare with the last delivery. To
 * be called before it counts as read: should that fail, everything is sent the next time.
 */
export async function keepMemory(
  repository: KnownRepository,
  importId: number,
  { memory, changedRun, heapUrl }: OpenedMemory,
): Promise<void> {
  const parts = memory?.parts() ?? null
  if (memory === null || parts === null) {
    await repository.dropEarlier(importId)
    return
  }
  const last = await repository.last(importId, heapUrl)
  const lastSet = last && setOf(last)
  const comparison = lastSet ? await compareRows(atHand(parts), storedParts(repository, lastSet)) : null
  await repository.keep(importId, parts, { rows: memory.rows(), changedRun, comparison, heapUrl })
}

function atHand(parts: readonly Int32Array[]): KnownParts {
  return { count: parts.length, read: async (from, to) => parts.slice(from, to) }
}

/** Fingerprints that are in the database. */
export function storedParts(
  repository: Pick<KnownRepository, 'parts'>,
  set: { id: number; parts: number },
): KnownParts {
  return { count: set.parts, read: (from, to) => repository.parts(set, from, to) }
}
