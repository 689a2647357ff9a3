import type { IScheduledPlan } from '@looker/sdk'
import { useEffect } from 'react'
import type { SyncSchedule } from '../../shared/api/sync-schedule.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import { useActionServer } from '../action-server/action-server.ts'
import type { SyncAddress } from './sync-ref.ts'

/** When Looker runs a plan; null for one that it does not run by itself, as it is paused. */
export function scheduleToTell(plan: IScheduledPlan): SyncSchedule {
  if (plan.enabled === false) return null
  if (plan.crontab) return { crontab: plan.crontab, timeZone: plan.timezone || 'UTC' }
  return plan.datagroup ? { datagroup: plan.datagroup } : null
}

/** Tells the server when the sync is due, so that it knows one that is late. */
export async function tellSchedule(
  server: ActionServer,
  { ref }: SyncAddress,
  schedule: SyncSchedule,
): Promise<void> {
  await server.send('PUT', `/syncs/${encodeURIComponent(ref)}/schedule`, {}, schedule)
}

/** Tells it whenever the page of a sync shows a plan: Looker's own dialogs change schedules as well. */
export function useTellSchedule(address: SyncAddress, plan: IScheduledPlan): void {
  const { server } = useActionServer()
  const schedule = JSON.stringify(scheduleToTell(plan))
  const { ref, planId } = address
  useEffect(() => {
    // Where it fails the server goes by the usual rhythm, and the page that opens next tells it again.
    if (server) tellSchedule(server, { ref, planId }, JSON.parse(schedule)).catch(() => {})
  }, [server, ref, planId, schedule])
}
