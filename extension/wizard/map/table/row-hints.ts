import { EMAIL_PROPERTY, suggestsEmail } from '../../../../shared/advice/names/email-property.ts'
import type { Neighbour } from '../../../../shared/advice/names/property-neighbours.ts'
import { neighbourText } from '../../../../shared/advice/names/property-neighbours.ts'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyType } from '../../../../shared/settings/sync-settings.ts'
import { quoteList } from '../../../../shared/text/text-list.ts'
import type { SampledColumn } from '../../../sample/use-sample.ts'

/** What is worth knowing of a row; `attention` asks for a change in the Look or here. */
export type RowHint = { level: 'attention' | 'note'; text: string }

/** Other syncs named for one column; with more it is no surprise any more. */
const MOST_NEIGHBOURS = 2

type Told = {
  used: readonly SampledColumn[]
  hiddenColumns: readonly Column[]
  suggestion: string | null
  neighbours: readonly Neighbour[]
}

export function rowHints({ used, hiddenColumns, suggestion, neighbours }: Told): RowHint[] {
  const hints: RowHint[] = neighbours
    .slice(0, MOST_NEIGHBOURS)
    .map((neighbour) => ({ level: 'attention', text: neighbourText(neighbour) }))
  // Columns of a pivot may say the same of their values, with other figures.
  const values = new Map(used.flatMap((entry) => entry.hints).map((hint) => [hint.kind, hint]))
  for (const { level, text } of values.values()) hints.push({ level, text })
  if (suggestion) {
    hints.push({
      level: 'note',
      text: `Heap's built-in Email property is called ${EMAIL_PROPERTY}, in lower case.`,
    })
  }
  if (hiddenColumns.length > 0) {
    const labels = hiddenColumns.map(({ label, pivot }) => pivot?.label ?? label)
    const are = labels.length === 1 ? 'is' : 'are'
    hints.push({
      level: 'note',
      text: `${quoteList(labels, 3)} ${are} hidden in the Look's visualization, so not imported.`,
    })
  }
  return hints
}

export function wantsEmail(
  { column, stats }: SampledColumn,
  property: string,
  propertyType: PropertyType,
): boolean {
  return suggestsEmail(column, property, propertyType, stats.addresses * 2 >= stats.distinct)
}
