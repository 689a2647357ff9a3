import { Type } from 'typebox'
import { isSyncId } from '../settings/sync-id.ts'

/**
 * How a sync is named: by its `sync_id`, which is random and gives all rights, or as `plan:<scheduled plan>` while
 * it has none, which shows counts, reasons and row numbers.
 */
export type SyncRef = { kind: 'sync_id'; syncId: string } | { kind: 'plan'; planId: string }

const PLAN = 'plan:'

/** Longest plan id; Looker's are numbers or short texts. */
const MAX_PLAN_ID = 100

export const SyncRefSchema = Type.String({ minLength: 1, maxLength: PLAN.length + MAX_PLAN_ID })

/** Null: it is no reference. */
export function readSyncRef(text: string): SyncRef | null {
  if (text.startsWith(PLAN)) {
    const planId = text.slice(PLAN.length)
    return planId === '' || planId.length > MAX_PLAN_ID ? null : { kind: 'plan', planId }
  }
  return isSyncId(text) ? { kind: 'sync_id', syncId: text } : null
}

export function writeSyncRef(ref: SyncRef): string {
  return ref.kind === 'plan' ? `${PLAN}${ref.planId}` : ref.syncId
}
