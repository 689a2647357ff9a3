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

/** Some 10,000 rows in one transaction. */
const BATCHES_AT_ONCE = 10

/**
 * Rejects all rows of a cancelled import that wait; their lines are kept, should somebody think again. Batches that are
 * at Heap at this moment are left to whoever sends them.
 *
 * @param onFinished told of the imports that have ended by it
 */
export async function rejectCancelled(
  importId: number,
  target: HeapTarget,
  repositories: { order: OrderRepository; removals: RemovalRepository },
  onFinished: (importIds: readonly number[]) => void,
): Promise<void> {
  const { order, removals } = repositories
  let after: BatchPlace = { importId: 0, number: 0 }
  for (;;) {
    const batches = await order.waitingBatches([importId], ['held', 'stored'], after, BATCHES_AT_ONCE)
    const last = batches.at(-1)
    if (!last) return
    const { finished } = await removals.remove(batches.map((batch) => removalOf(batch, target)))
    onFinished(finished)
    after = last
  }
}

function removalOf(batch: WaitingBatch, target: HeapTarget): Removal {
  const rowNumbers = fromRowRanges(batch.rowRanges)
  return {
    batch,
    rows: unpackLines(batch.payload, batch.entities)
      .texts()
      .map((line, index) => ({
        rowNumber: rowNumbers[index] ?? 0,
        joinKey: readEntityKey(target, line),
        reason: 'cancelled',
        text: null,
      })),
    remaining: null,
    kept: batch,
  }
}
