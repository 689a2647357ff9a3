import type { BatchId } from '../../database/repositories/batch-queue.ts'
import type { KeptBatch } from '../../database/repositories/batch-repository.ts'
import type { StoredBatch } from '../../database/repositories/intake-repository.ts'

/** Some five hundred batches of 8 columns. */
const MAX_BYTES = 16 * 1024 * 1024

/** Whoever has not taken a batch by then leaves it to other processes, or Heap is slow. */
const KEPT_MILLISECONDS = 60_000

export type KeptBatches = ReturnType<typeof createKeptBatches>

/**
 * What this process has just stored, so that it needs not be read back to be sent. Nothing depends on it: what
 * finds no room is read from the database.
 */
export function createKeptBatches(now: () => number = () => performance.now()) {
  const kept = new Map<string, KeptBatch & { keptAt: number }>()
  let bytes = 0

  function drop(key: string): KeptBatch | undefined {
    const batch = kept.get(key)
    if (batch && kept.delete(key)) bytes -= batch.payload.length
    return batch
  }

  function dropOld(): void {
    const oldest = now() - KEPT_MILLISECONDS
    // In the order in which they came.
    for (const [key, { keptAt }] of kept) {
      if (keptAt >= oldest) return
      drop(key)
    }
  }

  return {
    /** Keeps batches that are committed. */
    add(importId: number, batches: readonly StoredBatch[]): void {
      dropOld()
      for (const { number, rowRanges, payload } of batches) {
        if (bytes + payload.length > MAX_BYTES) return
        bytes += payload.length
        kept.set(keyOf({ importId, number }), { rowRanges, payload, keptAt: now() })
      }
    },
    /** Hands a batch out, if it is there, and keeps it no longer. */
    take: (batch: BatchId): KeptBatch | undefined => drop(keyOf(batch)),
    bytes: () => bytes,
  }
}

function keyOf({ importId, number }: BatchId): string {
  return `${importId}/${number}`
}
