import type { IScheduledPlan, IScheduledPlanDestination, IWriteScheduledPlan } from '@looker/sdk'
import { parseSettings } from '../../shared/settings/sync-settings.ts'
import type { KindOf } from '../actions/kind-lookup.ts'
import { heapDestination } from './destination.ts'
import type { Draft } from './draft.ts'
import { changedPlanBody } from './plan-body.ts'
import { secretHolders } from './secret-holders.ts'
import { formParams, readParameters } from './settings.ts'
import type { Target } from './targets.ts'

/**
 * How a draft becomes a change of its plan. Looker replaces all destinations of a plan at once and never tells
 * their secret parameters.
 *
 * - `whole`: the change can be made as it is
 * - `loses_secrets`: settings of Heap have changed, and writing them would lose what the holders keep secret;
 *   `change` is all but the settings
 */
export type PlanChange =
  | { kind: 'whole'; change: Partial<IWriteScheduledPlan> }
  | { kind: 'loses_secrets'; change: Partial<IWriteScheduledPlan>; holders: string[] }

export function planChange(
  draft: Draft,
  actionId: string,
  plan: IScheduledPlan,
  target: Target,
  kindOf: KindOf,
): PlanChange {
  const whole = changedPlanBody(draft, actionId, plan, target.index)
  const holders = secretHolders(plan, target.index, kindOf)
  if (holders.length === 0) return { kind: 'whole', change: whole }
  const { scheduled_plan_destination: _, ...change } = whole
  const wanted = heapDestination(actionId, formParams(draft, false))
  return isSame(target.destination, wanted)
    ? { kind: 'whole', change }
    : { kind: 'loses_secrets', change, holders }
}

/** Does the destination do already what is wanted? The ID of a sync alone is not worth a secret. */
function isSame(existing: IScheduledPlanDestination, wanted: IScheduledPlanDestination): boolean {
  return (
    existing.type === wanted.type &&
    existing.format === wanted.format &&
    existing.apply_formatting === wanted.apply_formatting &&
    existing.apply_vis === wanted.apply_vis &&
    meaningOf(existing) === meaningOf(wanted)
  )
}

function meaningOf({ parameters }: IScheduledPlanDestination): string {
  const params = readParameters(parameters)
  const parsed = parseSettings(params)
  return parsed.kind === 'invalid'
    ? `faulty: ${JSON.stringify(params)}`
    : JSON.stringify({ ...parsed.settings, syncId: null })
}
