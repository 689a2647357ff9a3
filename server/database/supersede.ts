import type { Transaction } from './database.ts'
import { ALL_ROWS_DECIDED } from './row-equation.ts'

/**
 * Locks the open imports of a sync up to this one, oldest first as everywhere: whoever locks one of them and
 * then an older one would wait for somebody who waits for him.
 */
export async function lockSync(transaction: Transaction, importId: number): Promise<void> {
  await transaction.query(
    `select id from imports
     where sync_key = (select sync_key from imports where id = $1) and id <= $1 and state <> 'finished'
     order by id for update`,
    [importId],
  )
}

/**
 * A newer delivery of a sync carries all rows again, so what older imports of it have not sent is replaced.
 * Batches that are being sent at this moment are left to their outcome; the newer import waits for them.
 */
export async function supersedeOlderImports(transaction: Transaction, importId: number): Promise<void> {
  const older = await transaction.query<{ id: number }>(
    `update imports set superseded_by = $1
     where sync_key = (select sync_key from imports where id = $1) and id < $1 and state <> 'finished'
       and superseded_by is null
     returning id`,
    [importId],
  )
  if (older.length === 0) return
  await transaction.query(
    `with dropped as (
       update batches set state = 'done', payload = null
       where import_id = any($1::int[]) and state in ('stored', 'held')
       returning import_id, entities
     ), sums as (
       select import_id, sum(entities)::int as entities from dropped group by import_id
     )
     update imports set superseded = superseded + sums.entities
     from sums where imports.id = sums.import_id`,
    [older.map((row) => row.id)],
  )
  await transaction.query(
    `update imports set state = 'finished', finished_at = now()
     where id = any($1::int[]) and state = 'sending'
       and ${ALL_ROWS_DECIDED}`,
    [older.map((row) => row.id)],
  )
}
