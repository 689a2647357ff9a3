import type { SyncRef } from '../../../shared/api/sync-ref.ts'
import { writeSyncRef } from '../../../shared/api/sync-ref.ts'
import type { SyncSchedule } from '../../../shared/api/sync-schedule.ts'
import type { EndedState } from '../../../shared/syncs/sync-state.ts'
import { USUAL_IMPORTS } from '../../../shared/syncs/usual-rows.ts'
import type { Database } from '../engine/database.ts'
import { storableJson, storableText } from '../engine/storable-text.ts'
import type { ImportSummaryRecord, SummaryRow } from './import-summary-record.ts'
import { RECENT_IMPORTS, SUMMARY_COLUMNS, toSummaryRecord } from './import-summary-record.ts'
import { hasRoom } from './waiting-refs.ts'

/** Who asks: a connection, in a Looker of some origin. */
export type SyncCaller = { connectionId: number; origin: string }

export type SyncRecord = {
  id: number
  title: string | null
  environmentId: string
  propertyType: 'user' | 'account'
  ended: EndedState | null
  stateSince: Date | null
  lastSuccessAt: Date | null
  createdAt: Date
  schedule: SyncSchedule
  toldAt: Date | null
  /** Do unusual deliveries wait until somebody releases them? */
  holds: boolean
}

/** An import of one of several syncs. */
export type RecentImport = ImportSummaryRecord & {
  sync: number
  /** One of those by which it is known how many rows are usual; see `WHOLE`. */
  isWhole: boolean
}

/** SQL: has an import read all that Looker had, as a delivery of its own that sends? */
const WHOLE = `complete and imports.state = 'finished' and retry_of is null
  and settings ->> 'dryRun' is distinct from 'true'`

export type SyncRepository = ReturnType<typeof createSyncRepository>

/**
 * SQL: may the caller see a sync? It is of his connection, and its deliveries came from his Looker. Those without
 * an address are of the Looker that their instance is known for; one whose random id he knows is his anyway.
 * (The next one in the order of the index, which is then surely used: all syncs of a Looker are alike in it.)
 */
const IS_VISIBLE = `syncs.connection_id = $1 and (syncs.looker_origin = $2 or (syncs.looker_origin = '' and (
    syncs.sync_id is not null or (
      select (others.connection_id, others.looker_instance, others.looker_origin) = ($1, syncs.looker_instance, $2)
      from syncs others
      where (others.connection_id, others.looker_instance, others.looker_origin) >= ($1, syncs.looker_instance, $2)
      order by others.connection_id, others.looker_instance, others.looker_origin limit 1
    ))))`

/** SQL: the syncs that a caller, $1 and $2, means by a sync_id or a plan. */
export function syncsOfRef(syncId: string, planId: string): string {
  return `select syncs.id from syncs where ${IS_VISIBLE}
    and (syncs.sync_id = ${syncId} or (syncs.sync_id is null and syncs.plan_id = ${planId}))`
}

/** What deliveries have in common. Nothing here lists syncs that the caller does not name. */
export function createSyncRepository(database: Database) {
  return {
    /** The sync that each reference names, in their order; undefined for those that are not known. */
    async find(
      { connectionId, origin }: SyncCaller,
      refs: readonly SyncRef[],
    ): Promise<(SyncRecord | undefined)[]> {
      const rows = await database.query<SyncRecord & { place: number }>(
        `select place::int, syncs.id, title, environment_id as "environmentId", property_type as "propertyType",
           state as ended, state_since as "stateSince", last_success_at as "lastSuccessAt",
           created_at as "createdAt", schedule, told_at as "toldAt",
           exists (select from sync_guardrails
             where connection_id = $1 and looker_origin = $2 and sync_id = asked.sync_id) as holds
         from unnest($3::text[], $4::text[], $5::text[]) with ordinality as asked (sync_id, plan_id, ref, place)
         join lateral (
           select * from syncs where ${IS_VISIBLE}
             and (syncs.sync_id = asked.sync_id or (syncs.sync_id is null and syncs.plan_id = asked.plan_id))
           order by looker_origin = $2 desc, last_import_at desc limit 1
         ) syncs on true
         left join sync_schedules told on told.connection_id = $1 and told.looker_origin = $2 and told.ref = asked.ref`,
        [
          connectionId,
          origin,
          refs.map((ref) => (ref.kind === 'sync_id' ? ref.syncId : null)),
          refs.map((ref) => (ref.kind === 'plan' ? storableText(ref.planId) : null)),
          refs.map((ref) => storableText(writeSyncRef(ref))),
        ],
      )
      const byPlace = new Map(rows.map((row) => [row.place, row]))
      return refs.map((_, index) => byPlace.get(index + 1))
    },

    /** The newest imports of each of these syncs, and those that are open, newest first. */
    async recentImports(syncIds: readonly number[]): Promise<RecentImport[]> {
      const rows = await database.query<SummaryRow & Pick<RecentImport, 'sync' | 'isWhole'>>(
        `select asked.sync, recent.*
         from unnest($1::int[]) as asked (sync), lateral (
           (select ${SUMMARY_COLUMNS}, ${WHOLE} as "isWhole" from imports where imports.sync = asked.sync
            order by started_at desc, id desc limit ${RECENT_IMPORTS})
           union all
           (select ${SUMMARY_COLUMNS}, false as "isWhole" from imports
            where imports.sync = asked.sync and imports.state <> 'finished'
            order by started_at desc, id desc limit ${RECENT_IMPORTS})
         ) recent`,
        [[...syncIds]],
      )
      const byId = new Map(rows.map((row) => [row.id, toSummaryRecord(row)]))
      return [...byId.values()].sort(
        (one, other) => other.startedAt.getTime() - one.startedAt.getTime() || other.id - one.id,
      )
    },

    /**
     * Rows received of the last whole imports of each of these syncs, newest first.
     *
     * @param recent what `recentImports` has found of them: mostly these are they, and nothing more is read
     */
    async wholeRows(
      syncIds: readonly number[],
      recent: readonly RecentImport[],
    ): Promise<Map<number, number[]>> {
      const bySync = Map.groupBy(recent, ({ sync }) => sync)
      const whole = new Map<number, number[]>()
      const unknown: number[] = []
      for (const sync of syncIds) {
        const own = bySync.get(sync) ?? []
        const rows = own.filter(({ isWhole }) => isWhole).map(({ counts }) => counts.received)
        // Fewer imports than could be shown are all there are.
        if (rows.length >= USUAL_IMPORTS || own.length < RECENT_IMPORTS) whole.set(sync, rows)
        else unknown.push(sync)
      }
      if (unknown.length === 0) return whole
      const rows = await database.query<{ sync: number; rows: number[] }>(
        `select asked.sync, array(select received from imports where imports.sync = asked.sync and ${WHOLE}
           order by id desc limit ${USUAL_IMPORTS}) as rows
         from unnest($1::int[]) as asked (sync)`,
        [unknown],
      )
      for (const { sync, rows: received } of rows) whole.set(sync, received)
      return whole
    },

    /**
     * Keeps when Looker delivers; the sync may not have delivered yet.
     *
     * @returns false, and nothing is kept, when too many syncs of the connection have not
     */
    tellSchedule(
      { connectionId, origin }: SyncCaller,
      ref: SyncRef,
      schedule: NonNullable<SyncSchedule>,
    ): Promise<boolean> {
      const values = [
        connectionId,
        storableText(origin),
        storableText(writeSyncRef(ref)),
        storableJson(schedule),
      ]
      return database.transaction(async (transaction) => {
        const changed = await transaction.query(
          `update sync_schedules told set schedule = $4::jsonb,
             told_at = case when told.schedule = $4::jsonb then told.told_at else now() end
           where connection_id = $1 and looker_origin = $2 and ref = $3 returning 1`,
          values,
        )
        if (changed.length > 0) return true
        if (!(await hasRoom(transaction, 'sync_schedules', connectionId))) return false
        await transaction.query(
          `insert into sync_schedules (connection_id, looker_origin, ref, schedule) values ($1, $2, $3, $4::jsonb)
           on conflict (connection_id, looker_origin, ref) do update set schedule = excluded.schedule, told_at = now()`,
          values,
        )
        return true
      })
    },

    async forgetSchedule({ connectionId, origin }: SyncCaller, ref: SyncRef): Promise<void> {
      await database.query(
        'delete from sync_schedules where connection_id = $1 and looker_origin = $2 and ref = $3',
        [connectionId, storableText(origin), storableText(writeSyncRef(ref))],
      )
    },
  }
}
