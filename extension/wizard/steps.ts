import { crontabProblem } from '../sync/crontab.ts'
import { readDatagroup } from '../sync/datagroup.ts'
import type { Draft } from '../sync/draft.ts'
import type { Schedule } from '../sync/schedule.ts'
import { checkSettings } from '../sync/settings.ts'

export const STEPS = [
  { id: 'look', label: 'Look' },
  { id: 'map', label: 'Map' },
  { id: 'schedule', label: 'Schedule' },
] as const

export type StepId = (typeof STEPS)[number]['id']

/** Addresses of the version that had five steps, which bookmarks and mails may still have. */
const FORMER = new Map<string, StepId>([
  ['join-key', 'map'],
  ['properties', 'map'],
  ['when', 'schedule'],
  ['review', 'schedule'],
])

/** The step that an address names; null for one that never was. */
export function stepOfAddress(text: string): StepId | null {
  return STEPS.find(({ id }) => id === text)?.id ?? FORMER.get(text) ?? null
}

/** The step after or before; null at either end. */
export function neighbour(step: StepId, distance: 1 | -1): StepId | null {
  return STEPS[STEPS.findIndex(({ id }) => id === step) + distance]?.id ?? null
}

/** Field or subject -> what to change, for one step, as far as the draft alone tells; empty when complete. */
export function stepErrors(step: StepId, draft: Draft): Record<string, string> {
  if (step === 'look') return draft.look ? {} : { look: 'Choose a Look.' }
  if (step === 'schedule') return scheduleErrors(draft)
  return mapErrors(draft)
}

function mapErrors(draft: Draft): Record<string, string> {
  const checked = checkSettings(draft)
  const risk: Record<string, string> =
    draft.keyRisk === null || draft.keyRisk.understood
      ? {}
      : { key_risk: 'Choose another join key, or tick that you understand what is wrong with this one.' }
  if (checked.kind === 'valid') return risk
  const { max_rejected_percent: _later, property_names: _ignored, ...errors } = checked.errors
  return { ...errors, ...risk }
}

function scheduleErrors(draft: Draft): Record<string, string> {
  const checked = checkSettings(draft)
  const percent = checked.kind === 'invalid' ? checked.errors.max_rejected_percent : undefined
  const schedule = scheduleError(draft.schedule)
  return {
    ...(schedule === null ? {} : { schedule }),
    ...(percent === undefined ? {} : { max_rejected_percent: percent }),
  }
}

function scheduleError(schedule: Schedule): string | null {
  switch (schedule.kind) {
    case 'hourly':
      return schedule.minute >= 0 && schedule.minute <= 59 ? null : 'Give a minute from 0 to 59.'
    case 'daily':
    case 'monthly':
      return timeError(schedule.time)
    case 'weekly':
      return schedule.days.length === 0 ? 'Choose at least one day of the week.' : timeError(schedule.time)
    case 'cron':
      return crontabProblem(schedule.crontab)
    case 'datagroup':
      return datagroupError(schedule.datagroup)
    default:
      return null
  }
}

function datagroupError(datagroup: string): string | null {
  if (datagroup === '') return 'Choose a datagroup.'
  const { model, name } = readDatagroup(datagroup)
  return model === null ? `Choose the datagroup ${name} again: Looker needs to know its model.` : null
}

function timeError(time: string): string | null {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? null : 'Give a time of day, for example 03:15.'
}

/** The first step that still asks for something; the last one when none does. */
export function furthestStep(draft: Draft): StepId {
  return STEPS.find(({ id }) => Object.keys(stepErrors(id, draft)).length > 0)?.id ?? 'schedule'
}

export function isReachable(step: StepId, draft: Draft): boolean {
  const index = (id: StepId) => STEPS.findIndex((candidate) => candidate.id === id)
  return index(step) <= index(furthestStep(draft))
}
