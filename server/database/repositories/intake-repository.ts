import type { Database, Transaction } from '../engine/database.ts'
import { patiently } from '../engine/patiently.ts'
import type { PayloadForm } from '../engine/payload-form.ts'
import { payloadForm } from '../engine/payload-form.ts'
import type { BatchQueue } from './batch-queue.ts'
import { comesBefore } from './import-scope.ts'
import type { RejectedRow } from './rejected-rows.ts'
import { insertRejectedRows } from './rejected-rows.ts'

/** A batch as it is stored: see the table for its fields. */
export type StoredBatch = { number: number; entities: number; rowRanges: string; payload: Uint8Array }

/** Rows whose fate is known after reading, and batches that wait for Heap's word. */
export type Intake = {
  batches: readonly StoredBatch[]
  rejected: readonly RejectedRow[]
  skipped: number
  /** Rows of a dry run, which count as delivered without being sent. */
  checked: number
  /** Rows that equal those of the last delivery, which are not sent. */
  unchanged: number
}

export type IntakeRepository = ReturnType<typeof createIntakeRepository>

/** Stores the rows of deliveries while they are read. */
export function createIntakeRepository(database: Database, queue: BatchQueue) {
  const form = payloadForm(database)
  return {
    /**
     * Stores what has been read since the last call, together with the jobs of its batches: after this the
     * rows are ours. While an older import is open that may have the same keys to send, batches are held.
     *
     * @param number of this call within the import, from 1; storing one number again changes nothing
     */
    store(importId: number, number: number, intake: Intake): Promise<void> {
      return patiently(
        () =>
          database.transaction((transaction) =>
            storeIntake(transaction, queue, form, importId, number, intake),
          ),
        database.patienceMs,
      )
    },
  }
}

/** See `store`, inside a transaction. */
export async function storeIntake(
  transaction: Transaction,
  queue: BatchQueue,
  form: PayloadForm,
  importId: number,
  number: number,
  { batches, rejected, skipped, checked, unchanged }: Intake,
): Promise<void> {
  const entities = batches.reduce((sum, batch) => sum + batch.entities, 0)
  const [row] = await transaction.query<{ environment_id: string; must_wait: boolean }>(
    `update imports set
       received = received + $3 + $4 + $5 + $6 + $7, unchanged = unchanged + $7,
       rejected = rejected + $4, skipped = skipped + $5, delivered = delivered + $6,
       intakes = $2, reader_seen_at = now(),
       sending_began_at = case when $3 > 0 then coalesce(sending_began_at, now()) else sending_began_at end
     where id = $1 and state = 'reading' and intakes = $2 - 1
     returning environment_id,
       exists (select 1 from imports older where ${comesBefore('older', 'imports')}) as must_wait`,
    [importId, number, entities, rejected.length, skipped, checked, unchanged],
  )
  if (!row) return checkRepeatedStore(transaction, importId, number)
  await insertRejectedRows(
    transaction,
    rejected.map((entry) => ({ ...entry, importId })),
  )
  if (batches.length === 0) return
  // Should the older import end at this very moment, the batches are held all the same, and found later.
  await insertBatches(transaction, form, importId, row.must_wait ? 'held' : 'stored', batches)
  if (row.must_wait) return
  await queue.insert(
    transaction,
    batches.map((batch) => ({ importId, number: batch.number, environmentId: row.environment_id })),
  )
}

/** Nothing was updated: the commit of the same call went through unnoticed, or the import is closed. */
async function checkRepeatedStore(transaction: Transaction, importId: number, number: number): Promise<void> {
  const rows = await transaction.query(
    "select id from imports where id = $1 and state = 'reading' and intakes = $2",
    [importId, number],
  )
  if (rows.length === 0) throw new Error('the import is not open for reading any more')
}

async function insertBatches(
  transaction: Transaction,
  form: PayloadForm,
  importId: number,
  state: 'held' | 'stored',
  batches: readonly StoredBatch[],
): Promise<void> {
  const places = batches.map((_, index) => {
    const [number, entities, rowRanges, payload] = [2, 3, 4, 5].map((place) => `$${index * 4 + place}`)
    return `($1, ${number}, '${state}', ${entities}, ${rowRanges}, ${form.parameter(payload ?? '')})`
  })
  await transaction.query(
    `insert into batches (import_id, number, state, entities, row_ranges, payload) values ${places.join(', ')}`,
    [
      importId,
      ...batches.flatMap(({ number, entities, rowRanges, payload }) => [
        number,
        entities,
        rowRanges,
        form.write(payload),
      ]),
    ],
  )
}
