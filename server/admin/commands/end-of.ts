import type { ImportSummary } from '../../../shared/api/import-summary.ts'

/** How an import is, in one word or two. */
export function endOf({ state, success, counts, dryRun }: ImportSummary): string {
  return `${wordOf({ state, success, counts })}${dryRun ? ' (dry run)' : ''}`
}

function wordOf({ state, success, counts }: Pick<ImportSummary, 'state' | 'success' | 'counts'>): string {
  if (state !== 'finished') return success === false ? `${state}, failing` : state
  if (success !== true) return 'failed'
  return counts.rejected > 0 ? 'rejected_rows' : 'success'
}
