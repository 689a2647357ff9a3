import type { IScheduledPlan } from '@looker/sdk'
import type { KindOf } from '../actions/kind-lookup.ts'
import { readParameters } from './settings.ts'
import { foreignTargets } from './targets.ts'

/** A schedule that was made for another action called `heap` than ours. */
export type ForeignSchedule = {
  planId: string
  /** Place of its destination in the plan. */
  index: number
  name: string
  lookId: string | null
  environmentId: string
  owner: string
  paused: boolean
  /** Heap's own action, whose schedules can be taken over, or one that nobody here knows. */
  madeFor: 'heap_own' | 'unknown'
}

/** Those among the plans that run again and again, by name. */
export function findForeignSchedules(plans: readonly IScheduledPlan[], kindOf: KindOf): ForeignSchedule[] {
  return plans
    .filter((plan) => !plan.run_once)
    .flatMap((plan) =>
      foreignTargets(plan, kindOf).map(({ index, destination, is }) => ({
        planId: plan.id ?? '',
        index,
        name: plan.name || plan.title || 'Untitled schedule',
        lookId: plan.look_id ?? null,
        environmentId: String(readParameters(destination.parameters).env_id ?? ''),
        owner: plan.user?.display_name ?? '',
        paused: plan.enabled === false,
        madeFor: is.kind === 'heap_own' ? ('heap_own' as const) : ('unknown' as const),
      })),
    )
    .sort((a, b) => a.name.localeCompare(b.name))
}
