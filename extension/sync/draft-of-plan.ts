import type { IScheduledPlan } from '@looker/sdk'
import { readSettings } from '../../shared/settings/sync-settings.ts'
import { fromCrontab } from './crontab.ts'
import { actionIdOf, findHeapDestination } from './destination.ts'
import type { Draft } from './draft.ts'
import { emptyDraft } from './draft.ts'
import type { Schedule } from './schedule.ts'
import { defaultSchedule } from './schedule.ts'
import { readParameters } from './settings.ts'

/**
 * The wizard's draft of an existing plan. A parameter that cannot be read is left empty, so that the wizard
 * asks for it; the others are kept. The ID of the sync as well: one that has none gets it when it is saved.
 */
export function draftOfPlan(plan: IScheduledPlan, lookTitle: string): Draft {
  const destination = findHeapDestination(plan)
  const params = readParameters(destination?.parameters)
  const { settings } = readSettings(params)
  const empty = emptyDraft(plan.timezone ?? 'UTC')
  const percent = settings.maxRejectedPercent
  return {
    ...empty,
    look: plan.look_id ? { id: plan.look_id, title: lookTitle } : null,
    schedule: scheduleOfPlan(plan),
    sendAllResults: plan.send_all_results === true,
    name: plan.name ?? '',
    actionId: destination ? actionIdOf(destination) : null,
    environmentId: settings.environmentId ?? '',
    propertyType: settings.propertyType ?? empty.propertyType,
    joinKey: settings.joinKeyColumn ?? '',
    matchBy: settings.matchBy ?? null,
    propertyNames: settings.propertyNames ?? empty.propertyNames,
    emptyValue: settings.emptyValue ?? empty.emptyValue,
    send: settings.send ?? empty.send,
    dryRun: settings.dryRun ?? empty.dryRun,
    maxRejectedPercent: percent === undefined ? '' : String(percent),
    syncId: settings.syncId ?? null,
  }
}

export function scheduleOfPlan(plan: IScheduledPlan): Schedule {
  if (plan.datagroup) return { kind: 'datagroup', datagroup: plan.datagroup }
  if (plan.crontab) return fromCrontab(plan.crontab)
  return plan.run_once ? { kind: 'once' } : defaultSchedule('daily')
}
