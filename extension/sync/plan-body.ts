import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import { toCrontab } from './crontab.ts'
import { actionIdOf, heapDestination, replaceDestination } from './destination.ts'
import type { Draft } from './draft.ts'
import { syncName } from './draft.ts'
import { formParams } from './settings.ts'

/** Looker wants all three with a Look: deliver whatever the result is. An empty result is a fact, too. */
const DELIVER_ALWAYS = { require_results: false, require_no_results: false, require_change: false }

/** The scheduled plan of a draft that runs by the clock or by a datagroup. */
export function planBody(draft: Draft, actionId: string): Partial<IWriteScheduledPlan> {
  return { ...onceBody(draft, actionId, false), ...timing(draft) }
}

/**
 * The same for a plan that exists; whom else it sends its Look to is left alone.
 *
 * @param index place of our destination; that of the first Heap action otherwise
 */
export function changedPlanBody(
  draft: Draft,
  actionId: string,
  plan: IScheduledPlan,
  index = (plan.scheduled_plan_destination ?? []).findIndex((entry) => actionIdOf(entry) !== null),
): Partial<IWriteScheduledPlan> {
  const ours = heapDestination(actionId, formParams(draft, false))
  const existing = plan.scheduled_plan_destination ?? []
  return {
    ...planBody(draft, actionId),
    scheduled_plan_destination: replaceDestination(existing, index, ours),
  }
}

/** Two schedules of one name would be told apart by nobody. */
export function secondName(name: string): string {
  return `${name} (Heap only)`
}

/** A plan beside the one that the draft was made of: another sync, so that it gets an ID of its own. */
export function secondPlanBody(draft: Draft, actionId: string): Partial<IWriteScheduledPlan> {
  const params = { ...formParams(draft, false), sync_id: crypto.randomUUID() }
  return {
    ...planBody(draft, actionId),
    name: secondName(syncName(draft)),
    scheduled_plan_destination: [heapDestination(actionId, params)],
  }
}

/** A delivery right away; a dry run checks every row and sends none. */
export function onceBody(draft: Draft, actionId: string, dryRun: boolean): Partial<IWriteScheduledPlan> {
  return {
    name: dryRun ? `Check: ${syncName(draft)}` : syncName(draft),
    look_id: draft.look?.id ?? '',
    send_all_results: draft.sendAllResults,
    ...DELIVER_ALWAYS,
    scheduled_plan_destination: [heapDestination(actionId, formParams(draft, dryRun))],
  }
}

/**
 * A delivery of the first row that can be sent, whatever else the draft says: a dry run would send none, and a
 * row that has not changed would be left out. The Look's own limit keeps its query cheap.
 */
export function testRowBody(draft: Draft, actionId: string): Partial<IWriteScheduledPlan> {
  const params = formParams({ ...draft, dryRun: false, send: 'all' }, false)
  return {
    ...onceBody(draft, actionId, false),
    name: `Test: ${syncName(draft)}`,
    send_all_results: false,
    scheduled_plan_destination: [heapDestination(actionId, { ...params, test_rows: '1' })],
  }
}

/** Both keys are always there, so that an edited plan loses the trigger it had. */
function timing({ schedule, timezone }: Draft): Partial<IWriteScheduledPlan> {
  return schedule.kind === 'datagroup'
    ? { datagroup: schedule.datagroup, crontab: null, timezone }
    : { crontab: toCrontab(schedule), datagroup: null, timezone }
}
