import type { IScheduledPlan } from '@looker/sdk'
import type { KindOf } from '../actions/kind-lookup.ts'
import { readParameters } from './settings.ts'
import { targetsOf } from './targets.ts'

/**
 * Which imports: those of a sync wherever Looker ran it, and those that the plan had before the sync was given
 * its ID; without an ID all of the plan.
 */
export type ImportsOf = { planId: string; syncId: string | null }

/** The ID that the wizard gave the sync; null for one that was not saved in the wizard since there are IDs. */
export function syncIdOf(parameters: string | null | undefined): string | null {
  const { sync_id: id } = readParameters(parameters)
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : null
}

/**
 * Where the imports of a sync are found: by its ID, which copies of the plan have as well (Looker runs one for
 * Run now), and by its plan; without an ID by the plan, and by the copy as long as somebody remembers it.
 */
export function importsOf(plan: IScheduledPlan, kindOf: KindOf, copyId: string | null): ImportsOf[] {
  const targets = targetsOf(plan, kindOf).filter(({ is }) => is.kind !== 'heap_own' && is.kind !== 'unknown')
  const ids = new Set(targets.map(({ destination }) => syncIdOf(destination.parameters)))
  if (ids.size === 0) ids.add(null)
  const planId = plan.id ?? ''
  const copy = ids.has(null) && copyId !== null ? [{ planId: copyId, syncId: null }] : []
  return [...[...ids].map((syncId) => ({ planId, syncId })), ...copy]
}
