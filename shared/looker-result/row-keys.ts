import { quoteList } from '../text/text-list.ts'
import type { Column } from './columns.ts'

/** One row of a result: cells by field name, or by one of the variants that `rowKeyOf` knows. */
export type Row = Record<string, unknown>

/** Where the cells of rows with the same keys stand. */
export type RowKeys =
  | {
      kind: 'found'
      keyOf: ReadonlyMap<Column, string>
      missing: readonly Column[]
      /** Keys that belong to no column. */
      unknown: readonly string[]
    }
  | { kind: 'failed'; message: string }

/**
 * Under which key of this row a column's cell stands. Normally that is the field name; Heap's own integration
 * met rows keyed by short label and by group label as well.
 */
export function rowKeyOf(column: Column, row: Row): string | undefined {
  if (Object.hasOwn(row, column.name)) return column.name
  if (Object.hasOwn(row, column.label)) return column.label
  if (Object.hasOwn(row, column.shortLabel)) return column.shortLabel
  if (column.groupLabel !== null && Object.hasOwn(row, column.groupLabel)) return column.groupLabel
  return undefined
}

/** Finds the key of every column in a row. */
export function findRowKeys(columns: readonly Column[], row: Row): RowKeys {
  const keyOf = new Map<Column, string>()
  const owner = new Map<string, Column>()
  for (const column of columns) {
    const key = rowKeyOf(column, row)
    if (key === undefined) continue
    const other = owner.get(key)
    if (other) {
      return {
        kind: 'failed',
        message: `Looker sent the columns ${other.name} and ${column.name} under one key, ${quoteList([key])}, so that their values cannot be told apart. Give the columns different labels.`,
      }
    }
    owner.set(key, column)
    keyOf.set(column, key)
  }
  const missing = columns.filter((column) => !keyOf.has(column))
  const unknown = Object.keys(row).filter((key) => !owner.has(key))
  return { kind: 'found', keyOf, missing, unknown }
}
