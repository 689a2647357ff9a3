import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { countOf, formatCount } from '../../shared/text/text-list.ts'
import type { SyncSentence } from './sync-sentence.ts'

/** What an import has come to and what to do about it. Not for one that is under way, see `stageInWords`. */
export function importSentence(detail: ImportDetail): SyncSentence {
  const { counts, dryRun } = detail
  const { received, delivered, rejected, skipped } = counts
  const arrived = `${formatCount(delivered)} of ${countOf(received, 'row')} ${dryRun ? 'can be imported' : 'imported'}`
  if (received === 0) {
    const failed = detail.success !== true
    return { intent: failed ? 'critical' : 'warn', is: detail.message, todo: null }
  }
  if (detail.success !== true) {
    return { intent: 'critical', is: `${arrived}.`, todo: todoOf(detail) }
  }
  if (rejected > 0) {
    return {
      intent: 'warn',
      is: `${arrived}, ${formatCount(rejected)} rejected: no more than the sync allows.`,
      todo: todoOf(detail),
    }
  }
  const warned = detail.remarks.some(({ kind }) => kind === 'warning')
  return { intent: skipped > 0 || warned ? 'warn' : 'positive', is: `${arrived}.`, todo: null }
}

function todoOf({ counts, canRetry, message, retriedAs, rejections }: ImportDetail): string {
  if (rejections.some(({ reason }) => reason === 'discarded'))
    return 'The delivery was unusual and was discarded. Send the Look again when its rows are wanted after all.'
  if (retriedAs.length > 0) return 'What could be tried again is on its way as an import of its own.'
  if (canRetry)
    return 'What Heap refused or did not take can be tried again. Of the other rows the list below says what to change in the Look.'
  return counts.rejected > 0
    ? 'The list below says of every rejected row what to change in the Look.'
    : message
}
