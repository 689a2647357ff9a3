import type { IScheduledPlan } from '@looker/sdk'
import type { KindOf, TargetKind } from '../actions/kind-lookup.ts'
import { toDate } from '../looker/to-date.ts'
import { scheduleOfPlan } from './draft-of-plan.ts'
import { nextRuns } from './next-runs.ts'
import { scheduleInWords } from './schedule-words.ts'
import { readParameters } from './settings.ts'
import type { Target } from './targets.ts'
import { syncTarget, targetsOf } from './targets.ts'

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
  /** What the action is that it sends to. */
  action: TargetKind
  /** Further Heap destinations of the same plan, which stay as they are. */
  moreTargets: number
  nextRun: Date | null
  lastRun: Date | null
}

/** The syncs among the plans: those that send to an action again and again that is ours, or may be. */
export function findSyncs(plans: readonly IScheduledPlan[], kindOf: KindOf, now: Date): SyncSummary[] {
  return plans
    .filter((plan) => !plan.run_once)
    .flatMap((plan) => {
      const target = syncTarget(plan, kindOf)
      return target ? [toSummary(plan, target, targetsOf(plan, kindOf).length - 1, now)] : []
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

function toSummary(plan: IScheduledPlan, target: Target, moreTargets: number, now: Date): SyncSummary {
  const params = readParameters(target.destination.parameters)
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
    action: target.is,
    moreTargets,
    nextRun: active ? (toDate(plan.next_run_at) ?? computed ?? null) : null,
    lastRun: toDate(plan.last_run_at),
  }
}
