import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { ImportCounts } from '../../../shared/report/import-counts.ts'
import { NO_ROWS } from '../../../shared/report/import-counts.ts'
import type { Verdict } from '../../../shared/report/import-message.ts'
import type { Remark } from '../../../shared/report/remark.ts'
import type { Database, Transaction } from '../engine/database.ts'
import { patiently } from '../engine/patiently.ts'
import { storableJson, storableText } from '../engine/storable-text.ts'
import { HELD_INTERRUPTED } from './held/held-texts.ts'
import type { ImportRecord, ImportState, NewImport } from './import-record.ts'
import { RECORD_COLUMNS } from './import-record.ts'
import { deleteOldKnownRows } from './known/old-sets.ts'
import { deleteRejectedRows, summarizeRejectedRows } from './rejected-rows.ts'
import { deleteKeptLines } from './repair/kept-lines.ts'
import { CANCELLED, RETRY_INTERRUPTED } from './repair/repair-texts.ts'
import { ALL_ROWS_DECIDED, READING_ENDED } from './row-equation.ts'
import { deleteOldSyncs, OWN_SYNC, syncsOfEnded } from './sync-state.ts'
import { deleteTestExchanges } from './test-repository.ts'

/** What is known of the reading of an import besides its rows. */
export type ReadingTimes = {
  /** From the opening to Looker's first byte; null: it has not come. */
  firstByteMs: number | null
}

type ReadingDetails = ReadingTimes & {
  /** Null: not counted. */
  properties: readonly PropertyFill[] | null
  /** What is unusual about the delivery, so that its rows are held where the sync wants that; null: nothing. */
  unusual: string | null
}

/**
 * SQL that sets whether the rows of an import whose reading ends now wait for somebody to decide.
 *
 * @param because place of what is unusual about it; null: nothing
 */
function holding(because: string): string {
  const isHeld = isHeldBy(because)
  return `holds = ${isHeld}, held_because = case when ${isHeld} then ${because}::text end,
    held_at = case when ${isHeld} then now() end, keys_told = keys_told or discarded`
}

function isHeldBy(because: string): string {
  return `(holds and ${because}::text is not null and cancelled_at is null and not (${ALL_ROWS_DECIDED}))`
}

const NO_TIMES: ReadingTimes = { firstByteMs: null }

/** `sync`: the number of the sync that it belongs to, which is no secret. */
export type OpenedImport = { id: number; sync: number }

export type ImportRepository = ReturnType<typeof createImportRepository>

/** Imports from their opening to their deletion; `createIntakeRepository` stores their rows. */
export function createImportRepository(database: Database) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)

  function find(importId: number): Promise<ImportRecord | undefined> {
    return database
      .query<ImportRecord>(`select ${RECORD_COLUMNS} from imports where id = $1`, [importId])
      .then(([record]) => record)
  }

  return {
    /** Opens an import. Imports of one target are committed in the order of their ids. */
    create(entry: NewImport): Promise<OpenedImport> {
      // Of an attempt whose commit got no answer: the import is there, or its id will never be used.
      let opened: OpenedImport | null = null
      return patient(() =>
        database.transaction(async (transaction) => {
          const place = storableText(`${entry.connectionId} ${entry.targetKey ?? entry.syncKey}`)
          await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [place])
          if (opened !== null && (await isReading(transaction, opened.id))) return opened
          opened = await insertImport(transaction, entry)
          return opened
        }),
      )
    },

    /** Tells the other processes that the rows of this import are still being read. */
    async touchReader(importId: number, { firstByteMs }: ReadingTimes = NO_TIMES): Promise<void> {
      await database.query(
        `update imports set reader_seen_at = now(), first_byte_at = ${firstByteAt('$2')} where id = $1`,
        [importId, firstByteMs],
      )
    },

    /**
     * Closes the intake; the import is finished when no row waits for Heap's word. Where the sync wants to be asked
     * the rows of an unusual delivery are held, and those of any other let go, which have waited for this.
     *
     * @param failure why the result was not read to its end; null: it was, so that it may replace older rows
     * @param details how long Looker took for its first byte, and in how many rows each property had a value
     * @returns ids of the imports that are finished by it: this one, or none
     */
    async finishReading(
      importId: number,
      failure: string | null,
      warnings: readonly Remark[],
      { firstByteMs = null, properties = null, unusual = null }: Partial<ReadingDetails> = {},
    ): Promise<number[]> {
      const rows = await patient(() =>
        database.query<EndedReading>(
          withoutBatches(
            `update imports set
               ${READING_ENDED},
               complete = $2::text is null and cancelled_at is null and settings ->> 'testRows' is null,
               failure = coalesce($2, case when cancelled_at is not null then $6 end), warnings = $3::jsonb,
               first_byte_at = ${firstByteAt('$4')}, properties = $5::jsonb,
               ${holding('$7')},
               sending_began_at = case when holds and not ${isHeldBy('$7')} and not (${ALL_ROWS_DECIDED}) then now()
                 else sending_began_at end
             where id = $1 and state = 'reading'`,
          ),
          [
            importId,
            orNull(failure),
            storableJson(warnings),
            firstByteMs,
            properties === null ? null : storableJson(properties),
            CANCELLED,
            orNull(unusual),
          ],
        ),
      )
      return finishedOf(rows)
    },

    /**
     * Closes the intake of imports whose reader has not been seen for a while: its process died. Where the sync wants
     * to be asked the rows are held: nobody has looked whether they are as usual, be it that all of them have come.
     *
     * @returns ids of the imports that are finished by it
     */
    async closeAbandoned(unseenSeconds: number, failure: string): Promise<number[]> {
      const rows = await database.query<EndedReading>(
        withoutBatches(
          `update imports set
             ${READING_ENDED}, ${holding('$5')},
             failure = case when cancelled_at is not null then $3 when retry_of is not null then $4 else $2 end
           where state = 'reading' and reader_seen_at <= now() - make_interval(secs => $1)`,
        ),
        [unseenSeconds, failure, CANCELLED, RETRY_INTERRUPTED, HELD_INTERRUPTED],
      )
      return finishedOf(rows)
    },

    /**
     * Finishes imports whose last row was decided by a server of an earlier release, beside this one, which does not
     * count unchanged rows.
     *
     * @returns their ids
     */
    async finishDecided(): Promise<number[]> {
      const rows = await database.query<EndedReading>(
        withoutBatches(
          `update imports set state = 'finished', finished_at = now() where state = 'sending' and ${ALL_ROWS_DECIDED}`,
        ),
      )
      return finishedOf(rows)
    },

    /** Keeps what Looker was given. */
    async recordAnswer(importId: number, { success, message }: Verdict): Promise<void> {
      await database.query(
        `update imports set answer = jsonb_build_object('success', $2::boolean, 'message', $3::text, 'at', now())
         where id = $1`,
        [importId, success, storableText(message)],
      )
    },

    /** A sign of life of the database. */
    ping: (milliseconds: number) => database.ping(milliseconds),

    find: (importId: number) => patient(() => find(importId)),

    rejections: (importId: number) => patient(() => summarizeRejectedRows(database, importId)),

    /** The counts of all imports together. */
    async totals(): Promise<ImportCounts> {
      const [row] = await database.query<ImportCounts>(
        `select coalesce(sum(received), 0)::float8 as received, coalesce(sum(delivered), 0)::float8 as delivered,
           coalesce(sum(rejected), 0)::float8 as rejected, coalesce(sum(skipped), 0)::float8 as skipped,
           coalesce(sum(superseded), 0)::float8 as superseded,
           coalesce(sum(unchanged), 0)::float8 as unchanged from imports`,
      )
      return row ?? NO_ROWS
    },

    /** Frees the space of what is gone. */
    reclaimSpace: () => database.tidy(),

    /**
     * Deletes what ended longer ago than is kept, in days: imports with all they have, the rejected rows of those
     * that stay, and syncs that no import is left of.
     */
    async deleteOld(keep: { imports: number; rejectedRows: number }): Promise<void> {
      // Earlier releases left them.
      await database.query(
        "delete from batches using imports where imports.id = import_id and imports.state = 'finished'",
      )
      await database.query(
        "delete from imports where state = 'finished' and finished_at < now() - make_interval(days => $1)",
        [keep.imports],
      )
      await deleteRejectedRows(database, keep.rejectedRows)
      await deleteKeptLines(database, keep.rejectedRows)
      await deleteTestExchanges(database, keep.rejectedRows)
      await deleteOldKnownRows(database)
      await deleteOldSyncs(database, keep.imports)
    },
  }
}

type EndedReading = { id: number; state: ImportState }

function finishedOf(rows: readonly EndedReading[]): number[] {
  return rows.filter(({ state }) => state === 'finished').map(({ id }) => id)
}

/**
 * SQL: when Looker's first byte came, by a duration since the import was opened: clocks of servers differ.
 *
 * @param place of the milliseconds; null: not yet
 */
function firstByteAt(place: string): string {
  return `coalesce(first_byte_at, started_at + make_interval(secs => ${place}::float8 / 1000))`
}

/** SQL that updates imports, drops the batches of those that are finished by it and the keys of discarded ones, and brings their syncs up to date; returns an `EndedReading` of each. */
function withoutBatches(update: string): string {
  return `with ended as (${update} returning id, state, sync, ended, finished_at, settings, retry_of, discarded),
    dropped as (delete from batches using ended where import_id = ended.id and ended.state = 'finished'),
    dropped_keys as (delete from import_keys using ended where import_id = ended.id and ended.discarded),
    ${syncsOfEnded('ended')}
    select id, state from ended`
}

function orNull(text: string | null): string | null {
  return text === null ? null : storableText(text)
}

/**
 * SQL: is somebody asked before unusual rows of this delivery are sent? What sends nothing, or a few rows to try it,
 * is not asked about. A delivery without an address is known by its random id.
 */
const WANTS_TO_BE_ASKED = `(exists (
    select from sync_guardrails where connection_id = $1::int and sync_id = $3::text
      and (looker_origin = $9::text or $9::text = '')
  ) and coalesce($12::jsonb ->> 'dryRun', 'false') <> 'true' and $12::jsonb ->> 'testRows' is null)`

async function insertImport(transaction: Transaction, entry: NewImport): Promise<OpenedImport> {
  const { settings } = entry
  const [row] = await transaction.query<OpenedImport>(
    `with ${OWN_SYNC}
     insert into imports (connection_id, looker_instance, sync_id, sync_key, plan_id, title, environment_id,
       sync, source_key, target_key, settings, retry_of, holds, state)
     select $1::int, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, own_sync.id, $10::text, $11::text,
       $12::jsonb, $13::int, ${WANTS_TO_BE_ASKED}, 'reading' from own_sync returning id, sync`,
    [
      entry.connectionId,
      orNull(entry.lookerInstance),
      orNull(settings.syncId),
      storableText(entry.syncKey),
      orNull(entry.planId),
      orNull(entry.title),
      settings.environmentId,
      settings.propertyType,
      storableText(entry.lookerOrigin ?? ''),
      orNull(entry.sourceKey),
      orNull(entry.targetKey),
      storableJson(settings),
      entry.retryOf ?? null,
    ],
  )
  if (!row) throw new Error('the new import has no id')
  return row
}

async function isReading(transaction: Transaction, importId: number): Promise<boolean> {
  const rows = await transaction.query("select id from imports where id = $1 and state = 'reading'", [
    importId,
  ])
  return rows.length > 0
}
