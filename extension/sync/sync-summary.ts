import type { IScheduledPlan } from '@looker/sdk'
import { toDate } from '../looker/to-date.ts'
import { findHeapDestination } from './destination.ts'
import { scheduleOfPlan } from './draft-of-plan.ts'
import { nextRuns } from './next-runs.ts'
import { scheduleInWords } from './schedule-words.ts'
import { readParameters } from './settings.ts'

/** A sync as the list shows it. */
export type SyncSummary = {
  id: string
  name: string
  lookId: string | null
  schedule: string
  /** Null for a sync that the clock does not trigger. */
  timezone: string | null
  environmentId: string
  owner: string
  ownerId: string | null
  state: 'active' | 'paused'
  nextRun: Date | null
  lastRun: Date | null
}

/** The syncs among the plans: those that send a Look to our action again and again. */
export function findSyncs(plans: readonly IScheduledPlan[], now: Date): SyncSummary[] {
  return plans
    .filter((plan) => !plan.run_once && findHeapDestination(plan) !== null)
    .map((plan) => toSummary(plan, now))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function toSummary(plan: IScheduledPlan, now: Date): SyncSummary {
  const params = readParameters(findHeapDestination(plan)?.parameters)
  const active = plan.enabled !== false
  const timezone = plan.crontab ? plan.timezone || 'UTC' : null
  const computed = plan.crontab ? nextRuns(plan.crontab, timezone ?? 'UTC', now, 1)[0] : undefined
  return {
    id: plan.id ?? '',
    name: plan.name || plan.title || 'Untitled sync',
    lookId: plan.look_id ?? null,
    schedule: scheduleInWords(scheduleOfPlan(plan)),
    timezone,
    environmentId: String(params.env_id ?? ''),
    owner: plan.user?.display_name ?? '',
    ownerId: plan.user_id ?? null,
    state: active ? 'active' : 'paused',
    nextRun: active ? (toDate(plan.next_run_at) ?? computed ?? null) : null,
    lastRun: toDate(plan.last_run_at),
  }
}
