import type { IScheduledPlan } from '@looker/sdk'
import { isSyncId } from '../../shared/settings/sync-id.ts'
import { readParameters } from '../sync/settings.ts'
import type { Target } from '../sync/targets.ts'

/** By what the server knows a sync. */
export type SyncAddress = {
  /**
   * The ID that the wizard gave it, which copies of the plan have as well (Looker runs one for Run now); without
   * one its plan, and then no join keys are shown.
   */
  ref: string
  /** The plan beside an ID: what it delivered before the sync got the ID is found as well. */
  planId: string | null
}

export function addressOf(plan: IScheduledPlan, { destination }: Target): SyncAddress {
  const { sync_id: id } = readParameters(destination.parameters)
  const planId = plan.id ?? ''
  const syncId = typeof id === 'string' ? id.trim() : ''
  return isSyncId(syncId) ? { ref: syncId, planId } : planAddress(planId)
}

export function planAddress(planId: string): SyncAddress {
  return { ref: `plan:${planId}`, planId: null }
}

/** Only who knows the ID of a sync sees its join keys. */
export function knowsKeys({ ref }: SyncAddress): boolean {
  return !ref.startsWith('plan:')
}
