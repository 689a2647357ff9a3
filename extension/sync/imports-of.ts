import type { IScheduledPlan } from '@looker/sdk'
import type { KindOf } from '../actions/kind-lookup.ts'
import { readParameters } from './settings.ts'
import { targetsOf } from './targets.ts'

/** Which imports: those of a sync wherever Looker ran it, or those of one plan. */
export type ImportsOf = { syncId: string } | { planId: string }

/** The ID that the wizard gave the sync; null for one that was not saved in the wizard since there are IDs. */
export function syncIdOf(parameters: string | null | undefined): string | null {
  const { sync_id: id } = readParameters(parameters)
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : null
}

/**
 * Where the imports of a sync are found: by its ID, which copies of the plan have as well (Looker runs one for
 * Run now); without an ID by the plan, and by the copy as long as somebody remembers it.
 */
export function importsOf(plan: IScheduledPlan, kindOf: KindOf, copyId: string | null): ImportsOf[] {
  const targets = targetsOf(plan, kindOf).filter(({ is }) => is.kind !== 'heap_own' && is.kind !== 'unknown')
  const ids = targets.map(({ destination }) => syncIdOf(destination.parameters))
  const known = [...new Set(ids.filter((id) => id !== null))].map((syncId) => ({ syncId }))
  if (known.length > 0 && !ids.includes(null)) return known
  const plans = [plan.id ?? '', ...(copyId === null ? [] : [copyId])]
  return [...known, ...plans.map((planId) => ({ planId }))]
}
