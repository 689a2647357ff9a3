import type { IScheduledPlan } from '@looker/sdk'
import { syncIdOf } from '../sync/sync-id-of.ts'
import type { Target } from '../sync/targets.ts'

/**
 * By what the server knows a sync: the ID that the wizard gave it, which copies of the plan have as well (Looker runs one for
 * Run now); without one by its plan, and then without join keys.
 */
export function refOf(plan: IScheduledPlan, { destination }: Target): string {
  return syncIdOf(destination.parameters) ?? planRef(plan.id ?? '')
}

export function planRef(planId: string): string {
  return `plan:${planId}`
}

/** Only who knows the ID of a sync sees its join keys. */
export function knowsKeys(ref: string): boolean {
  return !ref.startsWith('plan:')
}
