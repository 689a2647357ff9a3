import { distance } from 'fastest-levenshtein'
import type { Column } from '../looker-result/columns.ts'
import { quoteList } from '../text/text-list.ts'

type JoinKeyColumn = { kind: 'found'; column: Column } | { kind: 'failed'; message: string }

/**
 * Finds the join key column an analyst named: by label, as the results table shows it; by name
 * (`users.email`); or by short label when only one column has it. A column hidden in the visualization can
 * be the join key; a pivoted one cannot, as it has several values in a row.
 */
export function findJoinKeyColumn(columns: readonly Column[], wanted: string): JoinKeyColumn {
  const candidates = columns.filter((column) => column.pivot === null)
  const spellings: ((column: Column) => string)[] = [
    (column) => column.label,
    (column) => column.name,
    (column) => column.shortLabel,
  ]
  for (const spelling of spellings) {
    const matches = candidates.filter((column) => spelling(column) === wanted)
    const [column] = matches
    if (column && matches.length === 1) return { kind: 'found', column }
    if (matches.length > 1) {
      const names = quoteList(matches.map((match) => match.name))
      return {
        kind: 'failed',
        message: `${matches.length} columns of the Look are called ${JSON.stringify(wanted)}. Give the join key by its column name instead: ${names}.`,
      }
    }
  }
  return { kind: 'failed', message: notFound(candidates, wanted) }
}

/** Of more columns the first ones, and of longer names none, are compared with a name that none has. */
const MOST_COMPARED = 1_000
const LONGEST_COMPARED = 255

function notFound(candidates: readonly Column[], wanted: string): string {
  const labels = candidates.map((column) => column.label)
  const asked = wanted.toLowerCase()
  const closeness = (column: Column) =>
    Math.min(
      ...[column.label, column.shortLabel, column.name]
        .filter((text) => text.length <= LONGEST_COMPARED)
        .map((text) => distance(text.toLowerCase(), asked)),
    )
  const closest = candidates
    .slice(0, MOST_COMPARED)
    .map((column) => ({ label: column.label, far: closeness(column) }))
    .filter(({ far }) => far <= Math.max(2, asked.length / 2))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ label }) => label)
  const hint = closest.length > 0 ? ` Did you mean ${quoteList(closest)}?` : ''
  const existing =
    labels.length > 0 ? ` The Look has these columns: ${quoteList(labels, 30)}.` : ' The Look has no columns.'
  return `The Look has no column ${JSON.stringify(wanted)} to use as join key.${hint}${existing}`
}
