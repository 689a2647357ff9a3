import { createHash } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { ImportCounts } from '../../../shared/report/import-counts.ts'
import { readRemarks } from '../../../shared/report/remark.ts'
import { whyAskUnnamed } from '../../../shared/syncs/guardrails.ts'
import type { Database } from '../engine/database.ts'
import { HELD_INTERRUPTED, HELD_NOT_COMPARED } from './held/held-texts.ts'
import { IS_TOLD_OF_SYNC } from './sync-alert-repository.ts'

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
  /** Of the end of a lateness: ISO time at which the delivery that was missing was due. */
  lateSince: string | null
  /** Of lateness: by what it was due. */
  dueBy: 'schedule' | 'rhythm' | null
  /** Why an import waits for somebody to decide, without names of properties; null: it does not, or not any more. */
  heldBecause: string | null
  counts: Pick<ImportCounts, 'received' | 'delivered' | 'rejected'> | null
}

/** By what a receiver is reached. */
export type AlertChannel = 'webhook' | 'slack'

/** Receivers of all syncs, as the server is set, or of the sync alone, as it is set in the extension. */
export type AlertAudience = 'server' | 'sync'

/** One message for one receiver. The address is not in it: it may be a secret, and may change until then. */
export type AlertJob = {
  version: 1
  channel: AlertChannel
  /** Missing in jobs of earlier releases: the server's. */
  audience?: AlertAudience
  alert: AlertRecord
}

export const ALERT_QUEUE = 'alerts'

/** Taken at once. */
const MOST_AT_ONCE = 100

/** Addresses of the sync's own receivers. */
type OwnAddresses = { webhookUrl: string | null; slackUrl: string | null }

type TakenAlert = AlertRecord & {
  own: OwnAddresses | null
  /** All remarks of the import. */
  warnings: unknown
}

export type AlertRepository = ReturnType<typeof createAlertRepository>

/** Changes of state on their way to those who are told. */
export function createAlertRepository(database: Database, boss: PgBoss) {
  return {
    /**
     * Makes jobs of the changes of state that are not queued yet, one a receiver, in one transaction: each is queued
     * once, however many processes look. Where nobody is to be told they are dropped.
     *
     * @param addresses of the server's receivers
     * @returns how many changes there were
     */
    queueNew(addresses: Readonly<Partial<Record<AlertChannel, string>>>): Promise<number> {
      return database.transaction(async (transaction) => {
        const alerts = await transaction.query<TakenAlert>(TAKE_ALERTS)
        const jobs = alerts.flatMap(({ own, warnings, ...taken }) => {
          const alert = { ...taken, heldBecause: sayHeld(taken.heldBecause, warnings) }
          return [
            ...jobsOf('server', addresses, alert),
            ...jobsOf('sync', { webhook: own?.webhookUrl, slack: own?.slackUrl }, alert),
          ]
        })
        if (jobs.length > 0) await boss.insert(ALERT_QUEUE, jobs, { db: transaction.boss })
        return alerts.length
      })
    },
  }
}

const TAKE_ALERTS = `with taken as (
     delete from alerts where id in (
       select id from alerts order by id limit ${MOST_AT_ONCE} for update skip locked
     ) returning *
   )
   select taken.id::text, kind, taken.sync, syncs.title, syncs.environment_id as "environmentId", syncs.plan_id as "planId",
     looker_origin as "lookerOrigin", import_id as "importId",
     (select md5(min(created_at)::text) from connections) as "databaseId",
     to_json(since) #>> '{}' as since, to_json(failing_since) #>> '{}' as "failingSince",
     to_json(taken.late_since) #>> '{}' as "lateSince", due_by as "dueBy",
     (select held_because from imports where imports.id = import_id) as "heldBecause",
     (select warnings from imports where imports.id = import_id) as warnings,
     (select json_build_object('received', received, 'delivered', delivered, 'rejected', rejected)
      from imports where imports.id = import_id) as counts,
     (select json_build_object('webhookUrl', webhook_url, 'slackUrl', slack_url) from sync_alerts told
      where ${IS_TOLD_OF_SYNC} order by set_at desc limit 1) as own
   from taken join syncs on syncs.id = taken.sync order by taken.id`

/** As it is told outside: only what is known to hold no cell value. */
function sayHeld(heldBecause: string | null, warnings: unknown): string | null {
  if (heldBecause === null) return null
  const own = [HELD_INTERRUPTED, HELD_NOT_COMPARED].filter((text) => heldBecause.includes(text))
  const texts = [...own, whyAskUnnamed(readRemarks(warnings))].filter((text) => text !== null)
  return texts.length === 0 ? null : texts.join(' ')
}

/** A group for each address: of one that hangs, only one job is in hand, so that it holds up no other. */
function jobsOf(
  audience: AlertAudience,
  addresses: Readonly<Partial<Record<AlertChannel, string | null | undefined>>>,
  alert: AlertRecord,
) {
  return CHANNELS.flatMap((channel) => {
    const address = addresses[channel]
    if (!address) return []
    const data: AlertJob = { version: 1, channel, audience, alert }
    // What hangs holds a place for some seconds at most; then the server's receivers come first.
    return [
      {
        data,
        priority: audience === 'server' ? 1 : 0,
        group: { id: createHash('sha256').update(address).digest('hex').slice(0, 32) },
      },
    ]
  })
}

const CHANNELS: readonly AlertChannel[] = ['webhook', 'slack']
