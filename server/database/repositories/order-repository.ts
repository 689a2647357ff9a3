import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type { Database, Transaction } from '../engine/database.ts'
import { patiently } from '../engine/patiently.ts'
import type { PayloadForm } from '../engine/payload-form.ts'
import { payloadForm } from '../engine/payload-form.ts'
import type { BatchQueue } from './batch-queue.ts'
import type { ImportState } from './import-record.ts'
import { comesBefore } from './import-scope.ts'
import type { StoredBatch } from './intake-repository.ts'
import { lockImports } from './lock-imports.ts'
import { addDecidedRows } from './row-counts.ts'

/** An import with batches that are held, and the open imports whose rows come before its own. */
export type HeldImport = {
  id: number
  state: ImportState
  /** Was the result read to its end? */
  complete: boolean
  environmentId: string
  settings: SyncSettings
  /** Oldest first. */
  older: { id: number; state: ImportState; sameSync: boolean }[]
  /** Changes whenever a row of the older imports is decided, or taken to be sent, or put back. */
  olderProgress: string
}

/** A batch with rows that are undecided, as it stood when it was read. */
export type WaitingBatch = {
  importId: number
  number: number
  state: 'held' | 'stored' | 'sending'
  attempt: number
  entities: number
  rowRanges: string
  payload: Uint8Array
}

/** What stays of a batch; null: nothing. */
export type RemainingRows = Omit<StoredBatch, 'number'> | null

/** Rows of a waiting batch that a newer import carries. */
export type Replacement = { batch: WaitingBatch; superseded: number; remaining: RemainingRows }

/** What becomes of some held batches of an import. */
type Release = {
  /** Must be as they were read, or nothing is changed. */
  batches: readonly WaitingBatch[]
  /** Numbers of those that may be sent as they are. */
  whole: readonly number[]
  /** Those of which a part may be sent. */
  parts: readonly StoredBatch[]
  /** The rows of `parts` that still wait, as new batches. */
  held: readonly Omit<StoredBatch, 'number'>[]
}

export type BatchPlace = { importId: number; number: number }

export type OrderRepository = ReturnType<typeof createOrderRepository>

/** Batches that are released in one transaction. */
const RELEASED_AT_ONCE = 200

/** Which rows of overlapping imports wait for which, and which are replaced. */
export function createOrderRepository(database: Database, queue: BatchQueue) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)
  const form = payloadForm(database)

  return {
    /** The imports with batches that are held, oldest first. */
    heldImports(): Promise<HeldImport[]> {
      return database.query<HeldImport>(
        `select newer.id, newer.state, newer.complete and newer.cancelled_at is null as complete,
           newer.environment_id as "environmentId", newer.settings,
           coalesce((
             select json_agg(json_build_object('id', older.id, 'state', older.state,
               'sameSync', older.sync_key = newer.sync_key) order by older.id)
             from imports older where ${comesBefore('older', 'newer')}
           ), '[]') as older,
           (select concat_ws(' ', count(*), sum(older.delivered + older.rejected + older.superseded + older.unchanged),
              sum((select sum(attempt) from batches where import_id = older.id and batches.state <> 'done')),
              sum((select count(*) from batches where import_id = older.id and batches.state = 'sending')))
            from imports older where ${comesBefore('older', 'newer')}) as "olderProgress"
         from imports newer where newer.id in (select import_id from batches where state = 'held')
         order by newer.id`,
      )
    },

    /** Keeps other processes from working on the order of an import. @returns false when one does already */
    async begin(importId: number, seconds: number): Promise<boolean> {
      const rows = await database.query(
        `update imports set ordering_until = now() + make_interval(secs => $2)
         where id = $1 and (ordering_until is null or ordering_until < now()) returning id`,
        [importId, seconds],
      )
      return rows.length > 0
    },

    async goOn(importId: number, seconds: number): Promise<void> {
      await database.query(
        'update imports set ordering_until = now() + make_interval(secs => $2) where id = $1',
        [importId, seconds],
      )
    },

    async end(importId: number): Promise<void> {
      await database.query('update imports set ordering_until = null where id = $1', [importId])
    },

    /** Batches of these imports whose rows are undecided, after a place, in order. */
    async waitingBatches(
      importIds: readonly number[],
      states: readonly WaitingBatch['state'][],
      after: BatchPlace,
      most: number,
    ): Promise<WaitingBatch[]> {
      const rows = await database.query<Omit<WaitingBatch, 'payload'> & { payload: string | Uint8Array }>(
        `select import_id as "importId", number, state, attempt, entities, row_ranges as "rowRanges",
           ${form.column('payload')} as payload
         from batches where import_id = any($1::int[]) and state = any($2::text[])
           and (import_id, number) > ($3, $4) and payload is not null
         order by import_id, number limit $5`,
        [[...importIds], [...states], after.importId, after.number, most],
      )
      return rows.map((row) => ({ ...row, payload: form.read(row.payload) }))
    },

    /**
     * Takes replaced rows out of batches that are still as they were read.
     *
     * @returns the batches that were changed, and ids of the imports that are finished by it
     */
    replace(
      replacements: readonly Replacement[],
    ): Promise<{ changed: ReadonlySet<WaitingBatch>; finished: number[] }> {
      return patient(() =>
        database.transaction(async (transaction) => {
          await lockImports(
            transaction,
            replacements.map(({ batch }) => batch.importId),
          )
          const done: Replacement[] = []
          for (const entry of replacements) if (await takeOut(transaction, form, entry)) done.push(entry)
          const finished = await addDecidedRows(
            transaction,
            done.map(({ batch, superseded }) => ({
              importId: batch.importId,
              delivered: 0,
              rejected: 0,
              superseded,
            })),
          )
          return { changed: new Set(done.map(({ batch }) => batch)), finished }
        }),
      )
    },

    /** Lets the held batches of an import go, as nothing comes before them any more. */
    async releaseAll({ id, environmentId }: HeldImport): Promise<void> {
      for (let released = RELEASED_AT_ONCE; released === RELEASED_AT_ONCE; ) {
        released = await patient(() =>
          database.transaction(async (transaction) => {
            await lockImports(transaction, [id])
            const rows = await transaction.query<{ number: number }>(
              `update batches set state = 'stored' where import_id = $1 and number in (
                 select number from batches where import_id = $1 and state = 'held' order by number limit $2
               ) returning number`,
              [id, RELEASED_AT_ONCE],
            )
            await enqueue(
              transaction,
              rows.map((row) => row.number),
              id,
              environmentId,
            )
            return rows.length
          }),
        )
      }
    },

    /** @returns false, and nothing is changed, when a batch is not as it was read */
    release({ id, environmentId }: HeldImport, { batches, whole, parts, held }: Release): Promise<boolean> {
      return patient(() =>
        database.transaction(async (transaction) => {
          await lockImports(transaction, [id])
          if (!(await areUnchanged(transaction, id, batches))) return false
          await transaction.query(
            "update batches set state = 'stored' where import_id = $1 and number = any($2::int[])",
            [id, [...whole]],
          )
          for (const part of parts) await keepPart(transaction, form, id, part)
          if (parts.length > 0) await insertHeld(transaction, form, id, parts, held)
          await enqueue(transaction, [...whole, ...parts.map((part) => part.number)], id, environmentId)
          return true
        }),
      )
    },
  }

  function enqueue(transaction: Transaction, numbers: number[], importId: number, environmentId: string) {
    return queue.insert(
      transaction,
      numbers.map((number) => ({ importId, number, environmentId })),
    )
  }
}

/** Leaves only the remaining rows in a waiting batch. @returns false when it is not as it was read */
export async function takeOut(
  transaction: Transaction,
  form: PayloadForm,
  { batch, remaining }: Pick<Replacement, 'batch' | 'remaining'>,
): Promise<boolean> {
  const { importId, number, attempt, entities } = batch
  const rows = await transaction.query(
    `update batches set ${
      remaining === null
        ? "state = 'done', payload = null"
        : `entities = $5, row_ranges = $6, payload = ${form.parameter('$7')}, progress = null`
    }
     where import_id = $1 and number = $2 and attempt = $3 and entities = $4 and state in ('held', 'stored')
     returning number`,
    [
      importId,
      number,
      attempt,
      entities,
      ...(remaining === null ? [] : [remaining.entities, remaining.rowRanges, form.write(remaining.payload)]),
    ],
  )
  return rows.length > 0
}

async function areUnchanged(
  transaction: Transaction,
  importId: number,
  batches: readonly WaitingBatch[],
): Promise<boolean> {
  const rows = await transaction.query<{ number: number; entities: number }>(
    "select number, entities from batches where import_id = $1 and number = any($2::int[]) and state = 'held'",
    [importId, batches.map((batch) => batch.number)],
  )
  const entitiesOf = new Map(rows.map((row) => [row.number, row.entities]))
  return batches.every((batch) => entitiesOf.get(batch.number) === batch.entities)
}

async function keepPart(
  transaction: Transaction,
  form: PayloadForm,
  importId: number,
  part: StoredBatch,
): Promise<void> {
  await transaction.query(
    `update batches set state = 'stored', entities = $3, row_ranges = $4, payload = ${form.parameter('$5')},
       progress = null
     where import_id = $1 and number = $2`,
    [importId, part.number, part.entities, part.rowRanges, form.write(part.payload)],
  )
}

/** The rows are as old as the oldest of the batches they were in: the time in which Heap must take them. */
async function insertHeld(
  transaction: Transaction,
  form: PayloadForm,
  importId: number,
  parts: readonly StoredBatch[],
  held: readonly Omit<StoredBatch, 'number'>[],
): Promise<void> {
  for (const { entities, rowRanges, payload } of held) {
    await transaction.query(
      `insert into batches (import_id, number, state, entities, row_ranges, payload, stored_at)
       select $1, max(number) + 1, 'held', $2, $3, ${form.parameter('$4')},
         min(stored_at) filter (where number = any($5::int[]))
       from batches where import_id = $1`,
      [importId, entities, rowRanges, form.write(payload), parts.map((part) => part.number)],
    )
  }
}
