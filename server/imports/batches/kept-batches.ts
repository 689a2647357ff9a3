import type { BatchId } from '../../database/repositories/batch-queue.ts'
import type { KeptBatch } from '../../database/repositories/batch-repository.ts'
import { createWakeablePause } from '../wakeable-pause.ts'
import type { PackedBatch } from './batch-payload.ts'

/** Some 75 batches of 8 columns. */
const MAX_BYTES = 16 * 1024 * 1024

/** Whoever has not taken a batch by then leaves it to other processes, or Heap is slow. */
const KEPT_MILLISECONDS = 60_000

export type KeptBatches = ReturnType<typeof createKeptBatches>

/**
 * What this process has just stored, so that it needs not be read back to be sent. Nothing depends on it: what
 * finds no room is read from the database.
 */
export function createKeptBatches(now: () => number = () => performance.now()) {
  const kept = new Map<string, PackedBatch & { keptAt: number }>()
  const room = createWakeablePause()
  let bytes = 0

  function drop(key: string): PackedBatch | undefined {
    const batch = kept.get(key)
    if (batch && kept.delete(key)) bytes -= sizeOf(batch)
    if (bytes < MAX_BYTES / 2) room.wake()
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
    add(importId: number, batches: readonly PackedBatch[]): void {
      dropOld()
      for (const batch of batches) {
        if (bytes + sizeOf(batch) > MAX_BYTES) return
        bytes += sizeOf(batch)
        kept.set(keyOf({ importId, number: batch.number }), { ...batch, keptAt: now() })
      }
    },
    /** Hands a batch out, if it is there, and keeps it no longer. */
    take: (batch: BatchId): KeptBatch | undefined => drop(keyOf(batch)),
    bytes: () => bytes,
    /**
     * Waits while there is little room: what is sent as fast as it is read needs not be read back.
     *
     * @param milliseconds at most: a slow Heap must not make Looker's download slow. Of several that wait, the last
     *   is woken early
     */
    async untilRoom(milliseconds: number): Promise<void> {
      dropOld()
      if (bytes < MAX_BYTES / 2) return
      room.reset()
      await room.wait(milliseconds)
    },
  }
}

function sizeOf({ payload, bytes }: PackedBatch): number {
  return payload.length + bytes.length
}

function keyOf({ importId, number }: BatchId): string {
  return `${importId}/${number}`
}
