import type { ImportDetail } from '../../../../shared/api/import-detail.ts'
import { textsOf } from '../../../../shared/report/remark.ts'
import { countOf, formatCount } from '../../../../shared/text/text-list.ts'

/** What a check says in one line; `why`: there is more to be seen. */
export type CheckWords = { text: string; why: string | null }

/** False where Looker's result did not come in whole, or there is none; the message says why. */
export function wasChecked({ message }: ImportDetail): boolean {
  return /^Dry run/.test(message)
}

/** @param detail null: Looker has not delivered yet */
export function checkWords(detail: ImportDetail | null): CheckWords {
  if (detail === null) return { text: 'Checking every row: Looker runs the Look', why: null }
  const { received, delivered } = detail.counts
  if (detail.state !== 'finished')
    return { text: `Checking every row: ${formatCount(received)} so far`, why: null }
  if (!wasChecked(detail)) {
    return {
      text: received === 0 ? 'No row could be checked' : 'Not every row could be checked',
      why: 'see why',
    }
  }
  const others = received - delivered
  const will = `${formatCount(delivered)} will be imported`
  if (others === 0) {
    const warnings = textsOf(detail.remarks, 'warning').length
    const why = warnings > 0 ? `${countOf(warnings, 'warning')}: see more` : null
    return { text: `All ${countOf(received, 'row')} can be imported`, why }
  }
  return { text: will, why: `${formatCount(others)} will not: see why` }
}

/** What changes against the last delivery of the sync; null where that is not known. */
export function comparisonWords(detail: ImportDetail | null): string | null {
  const comparison = detail?.state === 'finished' ? detail.comparison : null
  if (!comparison) return null
  const { new: added, changed, unchanged, gone } = comparison
  return `${formatCount(added)} new, ${formatCount(changed)} changed, ${formatCount(unchanged)} unchanged, ${formatCount(gone)} gone since the last delivery`
}
