import type { ImportSummary } from '../../shared/api/import-summary.ts'
import { countOf, formatCount } from '../../shared/text/text-list.ts'

/** What a run came to, as a list tells it apart; `partly` ended well by its limit, with rows that did not arrive. */
export type Outcome = 'running' | 'held' | 'well' | 'partly' | 'failed'

export function outcomeOf({ state, success, counts }: ImportSummary): Outcome {
  if (state === 'held') return 'held'
  if (state !== 'finished') return 'running'
  if (success !== true) return 'failed'
  return counts.rejected > 0 ? 'partly' : 'well'
}

export const OUTCOME_WORDS: Record<Outcome, string> = {
  running: 'Running',
  held: 'Held',
  well: 'Well',
  partly: 'Rows rejected',
  failed: 'Failed',
}

/** A run in a few words: `15 rejected`, `10,000 rows`, `4,000 of 10,000 sent`. */
export function runInWords(run: ImportSummary): string {
  const { counts, dryRun } = run
  const { received, delivered, rejected } = counts
  switch (outcomeOf(run)) {
    case 'held':
      return `${countOf(received, 'row')} held`
    case 'running':
      if (run.state === 'reading')
        return received === 0 ? 'Waiting for rows' : `${countOf(received, 'row')} read`
      return `${formatCount(delivered)} of ${formatCount(received)} sent`
    case 'failed':
      if (received === 0) return 'Failed, no rows came'
      if (rejected === 0) return `Failed, ${formatCount(delivered)} of ${formatCount(received)} arrived`
      return rejected === received
        ? `Failed, all ${formatCount(rejected)} rejected`
        : `Failed, ${formatCount(rejected)} rejected`
    case 'partly':
      return `${formatCount(rejected)} rejected`
    case 'well':
      if (received === 0) return 'No rows'
      if (delivered === 0 && counts.unchanged > 0) return 'Nothing changed'
      if (delivered === 0 && counts.superseded > 0) return 'All replaced by a newer run'
      return dryRun ? `${countOf(delivered, 'row')} checked` : countOf(delivered, 'row')
  }
}
