import type { IScheduledPlan } from '@looker/sdk'
import { parseSettings } from '../../shared/sync-settings.ts'
import { fromCrontab } from './crontab.ts'
import { actionIdOf, findHeapDestination } from './destination.ts'
import type { Draft } from './draft.ts'
import { emptyDraft } from './draft.ts'
import type { Schedule } from './schedule.ts'
import { defaultSchedule } from './schedule.ts'
import { readParameters } from './settings.ts'

/**
 * The wizard's draft of an existing plan. A parameter that cannot be read is left empty, so that the wizard
 * asks for it; the others are kept.
 */
export function draftOfPlan(plan: IScheduledPlan, lookTitle: string): Draft {
  const destination = findHeapDestination(plan)
  const params = readParameters(destination?.parameters)
  const draft: Draft = {
    ...emptyDraft(plan.timezone ?? 'UTC'),
    look: plan.look_id ? { id: plan.look_id, title: lookTitle } : null,
    schedule: scheduleOfPlan(plan),
    sendAllResults: plan.send_all_results === true,
    name: plan.name ?? '',
    actionId: destination ? actionIdOf(destination) : null,
  }
  const parsed = parseSettings(params)
  if (parsed.kind === 'invalid') {
    const kept = (name: string) => (name in parsed.errors ? '' : String(params[name] ?? ''))
    return { ...draft, environmentId: kept('env_id'), joinKey: kept('heap_field') }
  }
  const { settings } = parsed
  return {
    ...draft,
    environmentId: settings.environmentId,
    propertyType: settings.propertyType,
    joinKey: settings.joinKeyColumn,
    matchWith: settings.joinProperty === null ? 'identity' : 'property',
    joinProperty: settings.joinProperty ?? '',
    propertyNames: settings.propertyNames,
    dryRun: settings.dryRun,
    maxRejectedPercent: String(settings.maxRejectedPercent),
  }
}

export function scheduleOfPlan(plan: IScheduledPlan): Schedule {
  if (plan.datagroup) return { kind: 'datagroup', datagroup: plan.datagroup }
  if (plan.crontab) return fromCrontab(plan.crontab)
  return plan.run_once ? { kind: 'once' } : defaultSchedule('daily')
}
