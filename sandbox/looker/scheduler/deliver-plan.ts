import type { IScheduledPlanDestination } from '@looker/sdk'
import type { Hubs } from '../api/hubs/hubs.ts'
import type { LookLibrary } from '../api/looks/look-library.ts'
import { ACTION_DESTINATION, readParameters } from '../api/plans/check-destination.ts'
import type { StoredPlan } from '../api/plans/plan-store.ts'
import type { ApiUnknowns } from '../api/unknowns.ts'
import type { ActionTarget } from '../delivering/deliver.ts'
import type { Deliveries } from '../delivering/deliveries.ts'
import type { DeliveryTrigger } from '../delivering/delivery-record.ts'
import type { Look } from '../look.ts'
import { rowLimitOf } from '../look-query.ts'

type DeliverPlanContext = {
  looks: LookLibrary
  hubs: Hubs
  deliveries: Deliveries
  unknowns: Pick<ApiUnknowns, 'unlistedFormat'>
}

/**
 * Makes the function that carries a plan out: it looks at the plan's gates, then delivers to each of its
 * destinations. Whatever happens stands in the history.
 */
export function createPlanDelivery({ looks, hubs, deliveries, unknowns }: DeliverPlanContext) {
  /** What a plan has sent last; the samples never change, so a repeated run has no new results. */
  const sent = new Map<string, string>()

  return async (plan: StoredPlan, trigger: DeliveryTrigger): Promise<void> => {
    const look = looks.find(plan.look_id ?? plan.query_id?.replace(/^90/, '') ?? '')?.look
    const destinations = plan.scheduled_plan_destination ?? []
    await Promise.all(destinations.map((destination) => deliverTo(plan, look, destination, trigger)))
    if (look) sent.set(plan.id, look.id)
  }

  async function deliverTo(
    plan: StoredPlan,
    look: Look | undefined,
    destination: IScheduledPlanDestination,
    trigger: DeliveryTrigger,
  ): Promise<void> {
    const request = {
      planId: plan.id,
      planName: plan.name ?? null,
      trigger,
      format: destination.format ?? '',
      formParams: readParameters(destination.parameters) ?? {},
    }
    if (!look) return deliveries.refuse(request, plan.title ?? '', 'failure', 'The Look was deleted.')
    const closed = closedGate(plan, look, sent.get(plan.id) === look.id)
    if (closed) return deliveries.refuse(request, look.title, 'skipped', closed, look)
    const target = findTarget(destination)
    if (typeof target === 'string') return deliveries.refuse(request, look.title, 'failure', target, look)
    const rowLimit = plan.send_all_results ? {} : { rowLimit: rowLimitOf(look) }
    const unlistedFormat = unknowns.unlistedFormat === 'sent'
    await deliveries.send(look, request, { ...rowLimit, unlistedFormat }, target)
  }

  /** @returns a text when there is nothing to deliver to */
  function findTarget({ type }: IScheduledPlanDestination): ActionTarget | string {
    const id = ACTION_DESTINATION.exec(type ?? '')?.[1]
    if (id === undefined) return `The stand-in does not deliver to ${type}.`
    const action = hubs.actions().find((candidate) => candidate.id === id)
    if (!action) return `There is no integration ${id}.`
    if (!action.enabled) return `The integration ${id} is not enabled.`
    return { client: hubs.clientOf(action.hub), actionUrl: action.hub.url, actionName: action.listed.name }
  }
}

/** Why a plan does not send this time; undefined when it does. */
function closedGate(plan: StoredPlan, look: Look, isRepeated: boolean): string | undefined {
  if (plan.require_results && look.rowCount === 0) return 'Not sent: the Look has no results.'
  if (plan.require_no_results && look.rowCount > 0) return 'Not sent: the Look has results.'
  if (plan.require_change && isRepeated) return 'Not sent: the results have not changed.'
  return undefined
}
