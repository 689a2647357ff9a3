import type { BatchId, BatchQueue } from './batch-queue.ts'
import type { Transaction } from './database.ts'

/** SQL: is a batch of an older import of the sync on its way to Heap at this moment? */
const OLDER_IN_FLIGHT = `exists (
  select 1 from imports older join batches sent on sent.import_id = older.id and sent.state = 'sending'
  where older.sync_key = newer.sync_key and older.id < newer.id and older.state <> 'finished'
)`

/**
 * Must the batches of this import wait? They would race with older values that are in flight. The caller has
 * locked the import's row, so that `releaseHeldBatches` either sees what the caller holds back or has run
 * before.
 */
export async function mustHold(transaction: Transaction, importId: number): Promise<boolean> {
  const rows = await transaction.query(
    `select 1 from imports newer where newer.id = $1 and ${OLDER_IN_FLIGHT}`,
    [importId],
  )
  return rows.length > 0
}

/**
 * Queues the batches that were held back for these imports, once nothing of them is in flight any more.
 *
 * @param supersededIds imports of which batches have just been decided
 */
export async function releaseHeldBatches(
  transaction: Transaction,
  queue: BatchQueue,
  supersededIds: readonly number[],
): Promise<void> {
  if (supersededIds.length === 0) return
  const newer = await transaction.query<{ id: number }>(
    `select id from imports
     where state <> 'finished' and superseded_by is null
       and sync_key in (select sync_key from imports where id = any($1::int[]))
     order by id for update`,
    [[...supersededIds]],
  )
  const released = await transaction.query<BatchId & { environmentId: string }>(
    `update batches set state = 'stored' from imports newer
     where newer.id = any($1::int[]) and batches.import_id = newer.id and batches.state = 'held'
       and not ${OLDER_IN_FLIGHT}
     returning batches.import_id as "importId", batches.number, newer.environment_id as "environmentId"`,
    [newer.map((row) => row.id)],
  )
  if (released.length > 0) await queue.insert(transaction, released)
}
