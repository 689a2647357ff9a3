import type { IScheduledPlan, IScheduledPlanDestination } from '@looker/sdk'
import { isHeapActionId } from '../looker/all-integrations.ts'

/** Looker's destination type for an action; its API documents other types only. */
const PREFIX = 'looker-integration://'

/** @param params by `formParams` */
export function heapDestination(actionId: string, params: Record<string, string>): IScheduledPlanDestination {
  return {
    type: `${PREFIX}${actionId}`,
    format: 'json_detail_lite_stream',
    // Formatted cells are HTML links, and visualization options change the names under which cells stand.
    apply_formatting: false,
    apply_vis: false,
    address: '',
    parameters: JSON.stringify(params),
  }
}

/** The first destination of a plan that is an action called `heap`; `targetsOf` says what each is. */
export function findHeapDestination(plan: IScheduledPlan): IScheduledPlanDestination | null {
  return plan.scheduled_plan_destination?.find((destination) => actionIdOf(destination) !== null) ?? null
}

/** Ours in its place among the destinations of a plan; all others, other Heap actions too, as they are. */
export function replaceDestination(
  existing: readonly IScheduledPlanDestination[],
  index: number,
  ours: IScheduledPlanDestination,
): IScheduledPlanDestination[] {
  return existing.map((destination, place) => (place === index ? ours : writable(destination)))
}

/** Without what Looker sets itself. */
function writable(destination: IScheduledPlanDestination): IScheduledPlanDestination {
  const { id: _id, scheduled_plan_id: _plan, looker_recipient: _recipient, ...rest } = destination
  return rest
}

/** `<hub id>::heap`, or null for a destination that is no action called `heap`. */
export function actionIdOf(destination: IScheduledPlanDestination): string | null {
  const type = destination.type ?? ''
  const id = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : ''
  return isHeapActionId(id) ? id : null
}
