import type { PgBoss } from 'pg-boss'
import type { ImportCounts } from '../../../shared/report/import-counts.ts'
import type { Database } from '../engine/database.ts'

/** A change of state with what is to be said of it. */
export type AlertRecord = {
  id: string
  /** Tells apart the alerts of two databases. */
  databaseId: string
  kind: 'failing' | 'recovered' | 'late' | 'held'
  sync: number
  title: string | null
  environmentId: string
  planId: string | null
  /** Empty: not known. */
  lookerOrigin: string
  importId: number | null
  /** ISO time; of lateness: when it was due. */
  since: string
  /** Of a recovery: ISO time. */
  failingSince: string | null
  /** Of lateness: by what it was due. */
  dueBy: 'schedule' | 'rhythm' | null
  /** Why an import waits for somebody to decide; null: it does not, or not any more. */
  heldBecause: string | null
  counts: Pick<ImportCounts, 'received' | 'delivered' | 'rejected'> | null
}

export type AlertJob<C extends string> = { version: 1; channel: C; alert: AlertRecord }

export const ALERT_QUEUE = 'alerts'

/** Taken at once. */
const MOST_AT_ONCE = 100

export type AlertRepository = ReturnType<typeof createAlertRepository>

/** Changes of state on their way to those who are told. */
export function createAlertRepository(database: Database, boss: PgBoss) {
  return {
    /**
     * Makes jobs of the changes of state that are not queued yet, one a channel, in one transaction: each is queued
     * once, however many processes look. Without channels they are dropped.
     */
    queueNew<C extends string>(channels: readonly C[]): Promise<number> {
      return database.transaction(async (transaction) => {
        const alerts = await transaction.query<AlertRecord>(
          `with taken as (
             delete from alerts where id in (
               select id from alerts order by id limit ${MOST_AT_ONCE} for update skip locked
             ) returning *
           )
           select taken.id::text, kind, taken.sync, syncs.title, syncs.environment_id as "environmentId", syncs.plan_id as "planId",
             looker_origin as "lookerOrigin", import_id as "importId",
             (select md5(min(created_at)::text) from connections) as "databaseId",
             to_json(since) #>> '{}' as since, to_json(failing_since) #>> '{}' as "failingSince",
             due_by as "dueBy", (select held_because from imports where imports.id = import_id) as "heldBecause",
             (select json_build_object('received', received, 'delivered', delivered, 'rejected', rejected)
              from imports where imports.id = import_id) as counts
           from taken join syncs on syncs.id = taken.sync order by taken.id`,
        )
        const jobs = alerts.flatMap((alert) =>
          channels.map((channel) => ({ data: { version: 1, channel, alert } satisfies AlertJob<C> })),
        )
        if (jobs.length > 0) await boss.insert(ALERT_QUEUE, jobs, { db: transaction.boss })
        return alerts.length
      })
    },
  }
}
