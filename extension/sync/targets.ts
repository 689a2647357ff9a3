import type { IScheduledPlan, IScheduledPlanDestination } from '@looker/sdk'
import type { KindOf, TargetKind } from '../actions/kind-lookup.ts'
import { actionIdOf } from './destination.ts'

/** A destination of a plan that is an action called `heap`. */
export type Target = {
  /** Its place among the destinations of the plan. */
  index: number
  destination: IScheduledPlanDestination
  actionId: string
  is: TargetKind
}

/** Where a plan sends to Heap, in the order of its destinations. */
export function targetsOf(plan: IScheduledPlan, kindOf: KindOf): Target[] {
  return (plan.scheduled_plan_destination ?? []).flatMap((destination, index) => {
    const actionId = actionIdOf(destination)
    return actionId === null ? [] : [{ index, destination, actionId, is: kindOf(actionId) }]
  })
}

/** Before others of a plan that has several; what cannot be told is listed too, and says so. */
const SYNC_KINDS: readonly TargetKind['kind'][] = ['ours', 'outdated', 'failed', 'gone']

/** The destination that makes a plan a sync; null when it sends to no action that is or may be ours. */
export function syncTarget(plan: IScheduledPlan, kindOf: KindOf): Target | null {
  const targets = targetsOf(plan, kindOf)
  for (const kind of SYNC_KINDS) {
    const found = targets.find(({ is }) => is.kind === kind)
    if (found) return found
  }
  return null
}

/** Those that were made for another action than ours, for sure. */
export function foreignTargets(plan: IScheduledPlan, kindOf: KindOf): Target[] {
  return targetsOf(plan, kindOf).filter(({ is }) => is.kind === 'heap_own' || is.kind === 'unknown')
}

/** The plan as if it had this destination only, for all that reads what a sync does. */
export function narrowTo(plan: IScheduledPlan, { destination }: Target): IScheduledPlan {
  return { ...plan, scheduled_plan_destination: [destination] }
}
