import type { AdvisedColumn, FieldFacts } from '../advice/advised-column.ts'
import { columnStats } from '../advice/key/column-stats.ts'
import { aColumn } from './columns.ts'

/** A column of the values; its short label is the label without its first word. */
export function anAdvised(
  name: string,
  label: string,
  values: readonly unknown[],
  more: Partial<FieldFacts> & { type?: string | null } = {},
): AdvisedColumn {
  const { type = 'string', ...facts } = more
  const shortLabel = label.includes(' ') ? label.slice(label.indexOf(' ') + 1) : label
  return {
    column: aColumn({ name, label, shortLabel, type }),
    stats: columnStats(values),
    facts: { tags: [], primaryKey: false, kind: 'dimension', valueFormat: null, ...facts },
  }
}
