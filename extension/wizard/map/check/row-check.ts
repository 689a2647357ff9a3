import type { SyncAddress } from '../../../history/sync-ref.ts'
import type { Draft } from '../../../sync/draft.ts'

/** A dry run of every row. */
export type RowCheck = {
  /** Looker's plan, which runs once. */
  planId: string
  /** By which the server knows it: that of the sync that is edited, else one of its own. */
  ref: string
  /** The newest import that the reference had before; the check's is newer. */
  after: number
  /** What it was for, by `checkedSettings`. */
  settings: string
}

/** All that decides which rows can be imported. Names and the environment are not among it. */
export function checkedSettings(draft: Draft): string {
  const { look, joinKey, propertyType, matchBy, emptyValue, sendAllResults } = draft
  return JSON.stringify([look?.id, joinKey, propertyType, matchBy, emptyValue, sendAllResults])
}

/** The check, while what it says is still true. */
export function currentCheck(check: RowCheck | null, draft: Draft): RowCheck | null {
  return check?.settings === checkedSettings(draft) ? check : null
}

export function checkAddress({ ref, planId }: RowCheck): SyncAddress {
  return { ref, planId }
}
