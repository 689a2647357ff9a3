import type { ColumnStats } from '../../shared/advice/key/column-stats.ts'
import { MAX_JOIN_KEY_CHARACTERS } from '../../shared/heap-limits.ts'
import { countOf, quoteList } from '../../shared/text/text-list.ts'

/** `error`: these rows would be rejected. `warning`: they would be left out without harm. */
export type KeyProblem = { severity: 'error' | 'warning'; text: string }

/** What speaks against a column as join key, as far as the sample shows. */
export function joinKeyProblems(stats: ColumnStats): KeyProblem[] {
  const problems: KeyProblem[] = []
  const error = (count: number, text: string) => {
    if (count > 0) problems.push({ severity: 'error', text })
  }
  if (stats.rows > 0 && stats.filled === 0) {
    return [{ severity: 'error', text: 'The column is empty: no row could be matched in Heap.' }]
  }
  error(
    stats.duplicates,
    `${countOf(stats.duplicates, 'row repeats', 'rows repeat')} the key of an earlier row, for example ${quoteList(stats.duplicateKeys)}. Only the first row of a key is imported; the others are rejected.`,
  )
  error(
    stats.placeholders,
    `${countOf(stats.placeholders, 'row holds', 'rows hold')} a placeholder such as "null" or "unknown". Heap would merge everybody who shares one, so such rows are rejected.`,
  )
  error(
    stats.tooLong,
    `${countOf(stats.tooLong, 'key is', 'keys are')} longer than the ${MAX_JOIN_KEY_CHARACTERS} characters that Heap takes: such rows are rejected.`,
  )
  error(
    stats.notValues,
    `${countOf(stats.notValues, 'row holds', 'rows hold')} a list or an object: such rows are rejected.`,
  )
  if (stats.missing > 0) {
    problems.push({
      severity: 'warning',
      text: `${countOf(stats.missing, 'row has', 'rows have')} no key: such rows are skipped.`,
    })
  }
  return problems
}
