import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import type { SyncSettings } from '../../shared/settings/sync-settings.ts'
import { parseSettings } from '../../shared/settings/sync-settings.ts'
import type { KindOf } from '../actions/kind-lookup.ts'
import { withModel } from './datagroup.ts'
import { heapDestination, replaceDestination } from './destination.ts'
import { secondName } from './plan-body.ts'
import { secretHolders } from './secret-holders.ts'
import { readParameters } from './settings.ts'
import type { Target } from './targets.ts'

/** What a schedule of Heap's own action becomes, or why it cannot be taken over. */
export type TakeOver =
  | {
      kind: 'possible'
      /** What every delivery will be done by. */
      settings: SyncSettings
      /** One delivery to our action that checks every row and sends none; it is no delivery of the sync. */
      check: Partial<IWriteScheduledPlan>
      /** The same plan with our action in the place of Heap's. */
      change: Partial<IWriteScheduledPlan>
      /** A plan of its own, for when the change would lose secrets. */
      second: Partial<IWriteScheduledPlan>
      /** Other destinations of the plan whose secrets the change would lose, in words. */
      holders: string[]
    }
  | { kind: 'impossible'; reasons: string[] }

export type TakeOverContext = {
  plan: IScheduledPlan
  target: Target
  /** Our action. */
  actionId: string
  kindOf: KindOf
  /** Of the plan's Look, for a datagroup that is named without. */
  model: string | null
}

/**
 * Same environment, type and column. Heap's own action leaves it to Heap's set-up which user property the
 * column is matched with, so that ours does the same.
 */
export function planTakeOver(context: TakeOverContext): TakeOver {
  const { plan, target, actionId, kindOf } = context
  if (!plan.look_id) return { kind: 'impossible', reasons: ['Only a schedule of a Look can be taken over.'] }
  const params = takenParams(target)
  const parsed = parseSettings(params)
  if (parsed.kind === 'invalid') return { kind: 'impossible', reasons: Object.values(parsed.errors) }
  const ours = heapDestination(actionId, params)
  const sent = whatIsSent(plan)
  const triggered = timing(context)
  const { sync_id: _, ...checked } = params
  return {
    kind: 'possible',
    settings: parsed.settings,
    check: {
      ...sent,
      name: `Check: ${plan.name ?? ''}`,
      scheduled_plan_destination: [heapDestination(actionId, { ...checked, dry_run: 'yes' })],
    },
    change: {
      ...triggered,
      scheduled_plan_destination: replaceDestination(
        plan.scheduled_plan_destination ?? [],
        target.index,
        ours,
      ),
    },
    second: {
      ...sent,
      name: secondName(plan.name ?? ''),
      crontab: plan.crontab ?? null,
      datagroup: plan.datagroup ?? null,
      timezone: plan.timezone ?? null,
      ...triggered,
      enabled: plan.enabled ?? true,
      scheduled_plan_destination: [ours],
    },
    holders: secretHolders(plan, target.index, kindOf),
  }
}

function takenParams({ destination }: Target): Record<string, string> {
  const params = readParameters(destination.parameters)
  const taken = (name: string) => String(params[name] ?? '')
  return {
    env_id: taken('env_id'),
    property_type: taken('property_type'),
    heap_field: taken('heap_field'),
    ...(taken('property_type') === 'user' ? { match_by: 'heap_setup' } : {}),
    dry_run: 'no',
    max_rejected_percent: '0',
    sync_id: crypto.randomUUID(),
  }
}

/** Looker wants the gates with a Look. */
function whatIsSent(plan: IScheduledPlan): Partial<IWriteScheduledPlan> {
  return {
    name: plan.name ?? '',
    look_id: plan.look_id ?? '',
    ...(plan.filters_string ? { filters_string: plan.filters_string } : {}),
    send_all_results: plan.send_all_results ?? false,
    require_results: plan.require_results ?? false,
    require_no_results: plan.require_no_results ?? false,
    require_change: plan.require_change ?? false,
  }
}

/** A datagroup without its model is none that Looker has to take. */
function timing({ plan, model }: TakeOverContext): Partial<IWriteScheduledPlan> {
  const { datagroup } = plan
  const qualified = datagroup ? withModel(datagroup, model) : null
  return qualified === null || qualified === datagroup ? {} : { datagroup: qualified }
}
