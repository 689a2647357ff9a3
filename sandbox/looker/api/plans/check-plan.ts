import type { IScheduledPlanDestination, IWriteScheduledPlan } from '@looker/sdk'
import { Cron } from 'croner'
import type { FieldError } from '../api-error.ts'
import { invalidField } from '../api-error.ts'
import { checkDestination } from './check-destination.ts'
import type { Datagroups } from './datagroups.ts'

type PlanRules = {
  datagroups: Datagroups
  /** A plan that runs once, at once, needs no time to run at. */
  runOnce: boolean
}

const CONTENT = ['look_id', 'dashboard_id', 'lookml_dashboard_id', 'query_id'] as const

const GATES = ['require_results', 'require_no_results', 'require_change'] as const

/**
 * Everything that Looker's API refuses in a plan, by its documentation: a name, exactly one content, a
 * crontab or a datagroup, at least one destination, and with a Look all three gates.
 */
export function checkPlan(plan: Partial<IWriteScheduledPlan>, rules: PlanRules): FieldError[] {
  return [
    ...(plan.name ? [] : [missing('name')]),
    ...checkContent(plan),
    ...(plan.look_id ? GATES.filter((gate) => typeof plan[gate] !== 'boolean').map(missing) : []),
    ...checkTiming(plan, rules),
    ...checkTimezone(plan.timezone),
    ...checkDestinations(plan.scheduled_plan_destination),
  ]
}

function checkContent(plan: Partial<IWriteScheduledPlan>): FieldError[] {
  const given = CONTENT.filter((field) => plan[field] !== undefined && plan[field] !== null)
  if (given.length === 0) return [missing('look_id')]
  if (given.length > 1) return [invalidField(given[1] ?? '', `cannot be given together with ${given[0]}`)]
  return []
}

function checkTiming(plan: Partial<IWriteScheduledPlan>, { datagroups, runOnce }: PlanRules): FieldError[] {
  const { crontab, datagroup } = plan
  if (crontab && datagroup) return [invalidField('datagroup', 'cannot be given together with crontab')]
  if (datagroup) return datagroups.find(datagroup) ? [] : [invalidField('datagroup', 'is not a datagroup')]
  if (crontab) return isCrontab(crontab) ? [] : [invalidField('crontab', 'is not a valid cron string')]
  return runOnce ? [] : [missing('crontab')]
}

function isCrontab(text: string): boolean {
  try {
    return new Cron(text, { mode: '5-part', paused: true }).nextRun() !== null
  } catch {
    return false
  }
}

function checkTimezone(timezone: string | null | undefined): FieldError[] {
  if (timezone === undefined || timezone === null) return []
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
    return []
  } catch {
    return [invalidField('timezone', 'is not a valid timezone')]
  }
}

/** Null and an empty list are errors on every write (documented by Looker). */
function checkDestinations(destinations: IScheduledPlanDestination[] | null | undefined): FieldError[] {
  if (!Array.isArray(destinations) || destinations.length === 0)
    return [missing('scheduled_plan_destination')]
  return destinations.flatMap(checkDestination)
}

function missing(field: string): FieldError {
  return { field, code: 'missing_field', message: `${field} is required` }
}
