import type { Column } from '../looker-result/columns.ts'
import type { ColumnStats } from './key/column-stats.ts'

/** What Looker says of a field beyond what an import needs. */
export type FieldFacts = {
  tags: string[]
  primaryKey: boolean
  kind: 'dimension' | 'measure' | 'table_calculation'
  /** LookML's `value_format`, which tells money and percentages; null when it has none. */
  valueFormat: string | null
}

/** A column of a Look with what its first rows say of it. */
export type AdvisedColumn = { column: Column; stats: ColumnStats; facts: FieldFacts | undefined }
