import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type {
  BatchPlace,
  OrderRepository,
  WaitingBatch,
} from '../../database/repositories/order-repository.ts'
import type { Removal, RemovalRepository } from '../../database/repositories/repair/removal-repository.ts'
import { readEntityKey } from '../../heap/entity-line.ts'
import type { HeapTarget } from '../../heap/heap-target.ts'
import { unpackLines } from '../batches/batch-payload.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { heapTarget } from '../sync-target.ts'

/** Some 10,000 rows in one transaction. */
const BATCHES_AT_ONCE = 10

/**
 * Rejects all rows of a cancelled import that wait; their lines are kept, should somebody think again. Batches that are
 * at Heap at this moment are left to whoever sends them. Of a discarded one nothing is kept, as nobody wanted it.
 *
 * @param onFinished told of the imports that have ended by it
 */
export async function rejectCancelled(
  { id: importId, settings, discarded }: { id: number; settings: SyncSettings; discarded: boolean },
  repositories: { order: OrderRepository; removals: RemovalRepository },
  onFinished: (importIds: readonly number[]) => void,
): Promise<void> {
  const { order, removals } = repositories
  const target = heapTarget(settings)
  let after: BatchPlace = { importId: 0, number: 0 }
  for (;;) {
    const batches = await order.waitingBatches([importId], ['held', 'stored'], after, BATCHES_AT_ONCE)
    const last = batches.at(-1)
    if (!last) return
    const { finished } = await removals.remove(batches.map((batch) => removalOf(batch, target, discarded)))
    onFinished(finished)
    after = last
  }
}

function removalOf(batch: WaitingBatch, target: HeapTarget, isDiscarded: boolean): Removal {
  const rowNumbers = fromRowRanges(batch.rowRanges)
  return {
    batch,
    rows: unpackLines(batch.payload, batch.entities)
      .texts()
      .map((line, index) => ({
        rowNumber: rowNumbers[index] ?? 0,
        joinKey: readEntityKey(target, line),
        reason: isDiscarded ? 'discarded' : 'cancelled',
        text: null,
      })),
    remaining: null,
    kept: isDiscarded ? null : batch,
  }
}
