import type { ImportCounts } from '../../shared/import-counts.ts'
import { NO_ROWS } from '../../shared/import-counts.ts'
import type { Remark } from '../../shared/remark.ts'
import type { SyncSettings } from '../../shared/sync-settings.ts'
import type { BatchQueue } from './batch-queue.ts'
import type { Database, Transaction } from './database.ts'
import { mustHold } from './held-batches.ts'
import { patiently } from './patiently.ts'
import { decodePayload, toBase64 } from './payload-text.ts'
import type { RejectedRow } from './rejected-rows.ts'
import { insertRejectedRows, summarizeRejectedRows } from './rejected-rows.ts'
import { READING_ENDED } from './row-equation.ts'
import { storableJson, storableText } from './storable-text.ts'
import { lockSync, supersedeOlderImports } from './supersede.ts'

export type ImportState = 'reading' | 'sending' | 'finished'

export type NewImport = {
  connectionId: number
  syncKey: string
  planId: string | null
  title: string | null
  settings: SyncSettings
}

export type ImportRecord = {
  id: number
  connectionId: number
  planId: string | null
  state: ImportState
  settings: SyncSettings
  counts: ImportCounts
  failure: string | null
  /** As stored: see `readRemarks`. */
  warnings: unknown
  supersededBy: number | null
  startedAt: Date
  finishedAt: Date | null
}

/** A batch as it is stored: see the table for its fields. */
export type StoredBatch = { number: number; entities: number; rowRanges: string; payload: Uint8Array }

/** Rows whose fate is known after reading, and batches that wait for Heap's word. */
export type Intake = {
  batches: readonly StoredBatch[]
  rejected: readonly RejectedRow[]
  skipped: number
  /** Rows of a dry run, which count as delivered without being sent. */
  checked: number
  cutValues: number
  unwrappedValues: number
}

/** The counts are one JSON value, as both engines agree on how to return that. */
const RECORD = `id, connection_id as "connectionId", plan_id as "planId", state, settings, failure, warnings,
  superseded_by as "supersededBy", started_at as "startedAt", finished_at as "finishedAt",
  json_build_object('received', received, 'delivered', delivered, 'rejected', rejected, 'skipped', skipped,
    'superseded', superseded) as counts`

export type ImportRepository = ReturnType<typeof createImportRepository>

export function createImportRepository(database: Database, queue: BatchQueue) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)

  function find(importId: number): Promise<ImportRecord | undefined> {
    return database
      .query<ImportRecord>(`select ${RECORD} from imports where id = $1`, [importId])
      .then(([record]) => record)
  }

  return {
    /** Opens an import. Imports of one sync are committed in the order of their ids. */
    create(entry: NewImport): Promise<number> {
      // Of an attempt whose commit got no answer: the import is there, or its id will never be used.
      let openedId: number | null = null
      return patient(() =>
        database.transaction(async (transaction) => {
          const syncKey = storableText(entry.syncKey)
          await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [syncKey])
          if (openedId !== null && (await isReading(transaction, openedId))) return openedId
          openedId = await insertImport(transaction, entry)
          return openedId
        }),
      )
    },

    /**
     * Stores what has been read since the last call, together with the jobs of its batches: after this the
     * rows are ours. The first batch supersedes what older imports of the sync have not sent: a delivery that
     * fails before replaces nothing. Of an import that was superseded itself only the counts are stored.
     *
     * @param number of this call within the import, from 1; storing one number again changes nothing
     */
    store(importId: number, number: number, intake: Intake): Promise<{ superseded: boolean }> {
      return patient(() =>
        database.transaction(async (transaction) => {
          const { batches, rejected, skipped, checked } = intake
          const entities = batches.reduce((sum, batch) => sum + batch.entities, 0)
          const isFirst = batches.some((batch) => batch.number === 1)
          if (isFirst) await lockSync(transaction, importId)
          const [row] = await transaction.query<{ environment_id: string; superseded: boolean }>(
            `update imports set
               received = received + $3 + $4 + $5 + $6,
               superseded = superseded + case when superseded_by is null then 0 else $3 end,
               rejected = rejected + $4, skipped = skipped + $5, delivered = delivered + $6,
               cut_values = cut_values + $7, unwrapped_values = unwrapped_values + $8,
               intakes = $2, reader_seen_at = now()
             where id = $1 and state = 'reading' and intakes = $2 - 1
             returning environment_id, superseded_by is not null as superseded`,
            [
              importId,
              number,
              entities,
              rejected.length,
              skipped,
              checked,
              intake.cutValues,
              intake.unwrappedValues,
            ],
          )
          if (!row) return afterRepeatedStore(transaction, importId, number)
          await insertRejectedRows(
            transaction,
            rejected.map((entry) => ({ ...entry, importId })),
          )
          if (row.superseded) return { superseded: true }
          if (isFirst) await supersedeOlderImports(transaction, importId)
          await insertBatches(transaction, queue, importId, row.environment_id, batches)
          return { superseded: false }
        }),
      )
    },

    /** Tells the other processes that the rows of this import are still being read. */
    async touchReader(importId: number): Promise<void> {
      await database.query('update imports set reader_seen_at = now() where id = $1', [importId])
    },

    /** Closes the intake; the import is finished when no row waits for Heap's word. */
    async finishReading(
      importId: number,
      failure: string | null,
      warnings: readonly Remark[],
    ): Promise<void> {
      await patient(() =>
        database.query(
          `update imports set
             ${READING_ENDED},
             failure = $2, warnings = $3::jsonb
           where id = $1 and state = 'reading'`,
          [importId, failure === null ? null : storableText(failure), storableJson(warnings)],
        ),
      )
    },

    /**
     * Closes the intake of imports whose reader has not been seen for a while: its process died.
     *
     * @returns their ids
     */
    async closeAbandoned(unseenSeconds: number, failure: string): Promise<number[]> {
      const rows = await database.query<{ id: number }>(
        `update imports set
           ${READING_ENDED},
           failure = $2
         where state = 'reading' and reader_seen_at <= now() - make_interval(secs => $1)
         returning id`,
        [unseenSeconds, failure],
      )
      return rows.map((row) => row.id)
    },

    /** A sign of life of the database. */
    ping: (milliseconds: number) => database.ping(milliseconds),

    find: (importId: number) => patient(() => find(importId)),

    /** The imports of a scheduled plan, newest first. */
    findByPlan: (connectionId: number, planId: string, most: number) =>
      database.query<ImportRecord>(
        `select ${RECORD} from imports where connection_id = $1 and plan_id = $2 order by id desc limit $3`,
        [connectionId, storableText(planId), most],
      ),

    rejections: (importId: number) => patient(() => summarizeRejectedRows(database, importId)),

    /** The counts of all imports together. */
    async totals(): Promise<ImportCounts> {
      const [row] = await database.query<ImportCounts>(
        `select coalesce(sum(received), 0)::float8 as received, coalesce(sum(delivered), 0)::float8 as delivered,
           coalesce(sum(rejected), 0)::float8 as rejected, coalesce(sum(skipped), 0)::float8 as skipped,
           coalesce(sum(superseded), 0)::float8 as superseded from imports`,
      )
      return row ?? NO_ROWS
    },

    /** Frees the space of what is gone. PostgreSQL does that by itself; the embedded database has nobody for it. */
    async reclaimSpace(): Promise<void> {
      if (database.engine === 'pglite') await database.query('vacuum')
    },

    /** Deletes imports, with their rejected rows, that ended longer ago than `days`. */
    async deleteOlderThan(days: number): Promise<void> {
      await database.query(
        `delete from imports where state = 'finished' and finished_at < now() - make_interval(days => $1)
           and not exists (select 1 from imports newer where newer.superseded_by = imports.id)`,
        [days],
      )
    },
  }
}

async function insertImport(transaction: Transaction, entry: NewImport): Promise<number> {
  const { syncKey, connectionId, planId, title, settings } = entry
  const [row] = await transaction.query<{ id: number }>(
    `insert into imports (connection_id, sync_key, plan_id, title, settings, environment_id, state)
     values ($1, $2, $3, $4, $5::jsonb, $6, 'reading') returning id`,
    [
      connectionId,
      storableText(syncKey),
      planId === null ? null : storableText(planId),
      title === null ? null : storableText(title),
      storableJson(settings),
      settings.environmentId,
    ],
  )
  if (!row) throw new Error('the new import has no id')
  return row.id
}

async function isReading(transaction: Transaction, importId: number): Promise<boolean> {
  const rows = await transaction.query("select id from imports where id = $1 and state = 'reading'", [
    importId,
  ])
  return rows.length > 0
}

/** Nothing was updated: the commit of the same call went through unnoticed, or the import is closed. */
async function afterRepeatedStore(transaction: Transaction, importId: number, number: number) {
  const [row] = await transaction.query<{ superseded: boolean }>(
    `select superseded_by is not null as superseded from imports
     where id = $1 and state = 'reading' and intakes = $2`,
    [importId, number],
  )
  if (!row) throw new Error('the import is not open for reading any more')
  return row
}

async function insertBatches(
  transaction: Transaction,
  queue: BatchQueue,
  importId: number,
  environmentId: string,
  batches: readonly StoredBatch[],
): Promise<void> {
  if (batches.length === 0) return
  const state = (await mustHold(transaction, importId)) ? 'held' : 'stored'
  const places = batches.map((_, index) => {
    const [number, entities, rowRanges, payload] = [2, 3, 4, 5].map((place) => `$${index * 4 + place}`)
    return `($1, ${number}, '${state}', ${entities}, ${rowRanges}, ${decodePayload(payload ?? '')})`
  })
  await transaction.query(
    `insert into batches (import_id, number, state, entities, row_ranges, payload) values ${places.join(', ')}`,
    [
      importId,
      ...batches.flatMap(({ number, entities, rowRanges, payload }) => [
        number,
        entities,
        rowRanges,
        toBase64(payload),
      ]),
    ],
  )
  if (state === 'held') return
  await queue.insert(
    transaction,
    batches.map(({ number }) => ({ importId, number, environmentId })),
  )
}
