import type { SyncSettings } from '../../../../shared/settings/sync-settings.ts'
import type { Database, Transaction } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { payloadForm } from '../../engine/payload-form.ts'
import { storableText } from '../../engine/storable-text.ts'
import type { BatchQueue } from '../batch-queue.ts'
import type { Intake } from '../intake-repository.ts'
import { storeIntake } from '../intake-repository.ts'
import { lockImports } from '../lock-imports.ts'
import type { KeptGroup } from './kept-lines.ts'
import { findLater } from './key-repository.ts'

/** What can be tried again of an import. */
export type Retriable = {
  state: string
  /** Somebody has decided that none of it is sent. */
  isDiscarded: boolean
  settings: SyncSettings
  /** Rows whose lines are kept. */
  kept: number
  /** Rows whose keys a later import has brought. */
  carried: number
  /** Rows for whose lines there was no room. */
  unkept: number
  /** A retry of it is taking the lines over. */
  isRetried: boolean
}

export type RetryRepository = ReturnType<typeof createRetryRepository>

/** Turns what is kept of an import into an import of its own. */
export function createRetryRepository(database: Database, queue: BatchQueue) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)
  const form = payloadForm(database)

  return {
    retriable: (importId: number) => patient(() => findRetriable(database, importId)),

    /**
     * Opens the import that tries rows of another one again, and counts in it what is left out as superseded. Like
     * every other it is read next: its rows are taken over by `takeOver`.
     *
     * @param seen the later imports whose keys have been left out
     * @returns null, and nothing is changed, when there are others by now, or nothing can be retried
     */
    open(importId: number, seen: readonly number[]): Promise<number | null> {
      let openedId: number | null = null
      return patient(() =>
        database.transaction(async (transaction) => {
          if (openedId !== null && (await exists(transaction, openedId))) return openedId
          await lockTarget(transaction, importId)
          await lockImports(transaction, [importId])
          const retriable = await findRetriable(transaction, importId)
          if (!retriable || retriable.kept === 0 || retriable.isRetried) return null
          if (retriable.state !== 'finished' || retriable.unkept > 0) return null
          const later = await findLater(transaction, importId)
          const isSame = later.length === seen.length && later.every(({ id }, index) => id === seen[index])
          if (!isSame || later.some(({ isReading, isHeld }) => isReading || isHeld)) return null
          openedId = await insertRetry(transaction, importId)
          return openedId
        }),
      )
    },

    /**
     * Moves kept lines into a retry: stores their rows and drops them, in one transaction.
     *
     * @param number of this call within the retry, from 1
     * @returns false, and nothing is changed, when a group is not as it was read
     */
    takeOver(
      { retryId, importId, number }: { retryId: number; importId: number; number: number },
      groups: readonly KeptGroup[],
      intake: Intake,
    ): Promise<boolean> {
      return patient(() =>
        database.transaction(async (transaction) => {
          await lockImports(transaction, [importId, retryId])
          const [row] = await transaction.query<{ intakes: number }>(
            'select intakes from imports where id = $1',
            [retryId],
          )
          // The commit of the same call went through unnoticed.
          if (row?.intakes === number) return true
          const taken = await transaction.query<{ number: number; entities: number }>(
            `select number, entities from kept_lines where import_id = $1 and number = any($2::int[])`,
            [importId, groups.map((group) => group.number)],
          )
          const entitiesOf = new Map(taken.map((entry) => [entry.number, entry.entities]))
          if (!groups.every((group) => entitiesOf.get(group.number) === group.entities)) return false
          await storeIntake(transaction, queue, form, retryId, number, intake)
          await transaction.query('delete from kept_lines where import_id = $1 and number = any($2::int[])', [
            importId,
            groups.map((group) => group.number),
          ])
          return true
        }),
      )
    },
  }
}

async function findRetriable(
  database: Pick<Database, 'query'>,
  importId: number,
): Promise<Retriable | undefined> {
  const [row] = await database.query<Retriable>(
    `select state, discarded as "isDiscarded", settings, carried, unkept,
       (select coalesce(sum(entities), 0)::int from kept_lines where import_id = $1) as kept,
       exists (select 1 from imports retry where retry.retry_of = $1 and retry.state = 'reading') as "isRetried"
     from imports where id = $1`,
    [importId],
  )
  return row
}

/** Imports of one target are committed in the order of their ids: see `create` of the import repository. */
export async function lockTarget(transaction: Transaction, importId: number): Promise<void> {
  const [row] = await transaction.query<{ connectionId: number; key: string }>(
    `select connection_id as "connectionId", coalesce(target_key, sync_key) as key from imports where id = $1`,
    [importId],
  )
  if (!row) return
  await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    storableText(`${row.connectionId} ${row.key}`),
  ])
}

async function exists(transaction: Transaction, importId: number): Promise<boolean> {
  return (await transaction.query('select id from imports where id = $1', [importId])).length > 0
}

/** It is like the import whose rows it tries again; of its keys nobody needs to be told who knows those of that. */
async function insertRetry(transaction: Transaction, importId: number): Promise<number> {
  const [row] = await transaction.query<{ id: number }>(
    `insert into imports (connection_id, sync, looker_instance, sync_id, sync_key, source_key, target_key, plan_id, title,
       settings, environment_id, state, retry_of, keys_told, received, superseded)
     select connection_id, sync, looker_instance, sync_id, sync_key, source_key, target_key, plan_id, title,
       settings, environment_id, 'reading', id, true, carried, carried
     from imports where id = $1 returning id`,
    [importId],
  )
  if (!row) throw new Error('the retry has no id')
  await transaction.query('update imports set carried = 0 where id = $1', [importId])
  return row.id
}
