import type { Comparison } from '../../../shared/api/comparison.ts'
import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { ImportFilter } from '../../../shared/api/sync-imports.ts'
import type { SyncRef } from '../../../shared/api/sync-ref.ts'
import type { Database, SqlValue } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'
import type { ImportRecord } from './import-record.ts'
import { RECORD_COLUMNS } from './import-record.ts'
import type { ImportSummaryRecord } from './import-summary-record.ts'
import { SUMMARY_COLUMNS } from './import-summary-record.ts'
import type { SyncCaller } from './sync-repository.ts'
import { syncsOfRef } from './sync-repository.ts'

/** A sync as a call names it. */
export type NamedSync = {
  ref: SyncRef
  /** Of a sync that is named by its sync_id: what it delivered before it had the id is meant as well. */
  plan: string | null
}

/** An import after which a page begins. */
export type ImportPlace = {
  /** Microseconds since 1970. */
  startedAt: number
  id: number
}

export type ImportPageRequest = {
  after: ImportPlace | null
  limit: number
  filter: ImportFilter | null
  from: Date | null
  to: Date | null
}

/** What is known of an import besides its record. */
export type ImportFacts = {
  ended: ImportSummaryRecord['ended']
  firstByteAt: Date | null
  readingEndedAt: Date | null
  sendingBeganAt: Date | null
  answer: { success: boolean; message: string; at: string } | null
  retries: number
  /** Also of an import that has ended. */
  lastHeapError: string | null
  /** The next try of rows that wait for it; null: none does. */
  nextTryAt: Date | null
  /** Has Heap failed at rows that wait, and is nothing on its way but what is tried again? */
  awaitsHeap: boolean
  properties: PropertyFill[] | null
  retryOf: number | null
  retriedAs: number[]
  heldBecause: string | null
  comparison: Comparison | null
  now: Date
}

/** SQL: the imports in each state that a list can be filtered by. */
export const FILTERS: Record<ImportFilter, string> = {
  running: "imports.state <> 'finished' and held_because is null",
  held: "imports.state <> 'finished' and held_because is not null",
  success: "ended = 'success'",
  failed: "ended = 'failed'",
  rejected_rows: "ended = 'rejected_rows'",
}

const FROM_MICROSECONDS = "timestamptz 'epoch' + interval '1 microsecond' *"

export type HistoryRepository = ReturnType<typeof createHistoryRepository>

/** What became of the deliveries of syncs that a caller names. */
export function createHistoryRepository(database: Database) {
  return {
    /** The import that a call names; undefined also when it is of another sync. */
    async find(caller: SyncCaller, importId: number, named: NamedSync): Promise<ImportRecord | undefined> {
      const [record] = await database.query<ImportRecord>(
        `select ${RECORD_COLUMNS} from imports
         where id = $5 and sync in (${syncsOfRef('$3', '$4')})`,
        [...valuesOf(caller, named), importId],
      )
      return record
    },

    /** Imports of a sync, newest first, with the place of each. */
    async page(
      caller: SyncCaller,
      named: NamedSync,
      { after, limit, filter, from, to }: ImportPageRequest,
    ): Promise<(ImportSummaryRecord & { place: number })[]> {
      const own = await database.query<{ id: number }>(syncsOfRef('$3', '$4'), valuesOf(caller, named))
      if (own.length === 0) return []
      // Each sync by its number: a large one is then known for it, and read in the order of the index.
      const parts = own.map(
        (_, index) => `(select ${SUMMARY_COLUMNS}, (extract(epoch from started_at) * 1000000)::float8 as place
           from imports where imports.sync = $${6 + index}
             ${filter === null ? '' : `and ${FILTERS[filter]}`}
             ${from === null ? 'and $1::timestamptz is null' : 'and started_at >= $1::timestamptz'}
             ${to === null ? 'and $2::timestamptz is null' : 'and started_at < $2::timestamptz'}
             ${after === null ? 'and $3::float8 is null and $4::int is null' : `and (started_at, id) < (${FROM_MICROSECONDS} $3::float8, $4::int)`}
           order by started_at desc, id desc limit $5)`,
      )
      return database.query(
        `select page.* from (${parts.join(' union all ')}) page order by "startedAt" desc, id desc limit $5`,
        [from, to, after?.startedAt ?? null, after?.id ?? null, limit, ...own.map(({ id }) => id)],
      )
    },

    /** Does the caller see this sync? */
    async knows(caller: SyncCaller, named: NamedSync): Promise<boolean> {
      const rows = await database.query(`${syncsOfRef('$3', '$4')} limit 1`, valuesOf(caller, named))
      return rows.length > 0
    },

    async facts(importId: number): Promise<ImportFacts | undefined> {
      const [facts] = await database.query<ImportFacts>(
        `select ended, first_byte_at as "firstByteAt", reading_ended_at as "readingEndedAt",
           sending_began_at as "sendingBeganAt", answer, retries, last_error as "lastHeapError",
           (select min(retry_at) from batches where import_id = $1 and batches.state = 'stored' and retry_at > now())
             as "nextTryAt",
           exists (select from batches where import_id = $1 and batches.state <> 'done' and batches.last_error is not null)
             and not exists (select from batches flying
               where flying.import_id = $1 and flying.state = 'sending' and flying.last_error is null) as "awaitsHeap",
           properties, retry_of as "retryOf",
           array(select id from imports retries where retries.retry_of = $1 order by id) as "retriedAs",
           held_because as "heldBecause", comparison, now() as now
         from imports where id = $1`,
        [importId],
      )
      return facts
    },
  }
}

function valuesOf({ connectionId, origin }: SyncCaller, { ref, plan }: NamedSync): SqlValue[] {
  const planId = ref.kind === 'plan' ? ref.planId : plan
  return [
    connectionId,
    storableText(origin),
    ref.kind === 'sync_id' ? ref.syncId : null,
    planId === null ? null : storableText(planId),
  ]
}
