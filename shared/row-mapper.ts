import type { Column } from './columns.ts'
import { isPivotedCell } from './columns.ts'
import type { JoinKey } from './join-key.ts'
import { readJoinKey } from './join-key.ts'
import { createLocalTimeReader, isTimeType } from './local-time.ts'
import type { Property } from './property-plan.ts'
import type { PropertyValue, ValueNotes } from './property-value.ts'
import { readPropertyValue } from './property-value.ts'

/** One row of a result: cells by field name, or by one of the variants that `rowKeyOf` knows. */
export type Row = Record<string, unknown>

/** A row as it goes to Heap, or why it does not. Values stand in the order of the planned properties. */
export type MappedRow =
  | { kind: 'entity'; joinKey: string; values: PropertyValue[] }
  | Exclude<JoinKey, { kind: 'key' }>

export type RowMapper = { mapRow: (row: Row) => MappedRow; notes: Readonly<ValueNotes> }

export type RowKeys =
  | { kind: 'found'; keyOf: ReadonlyMap<Column, string> }
  | { kind: 'failed'; message: string }

/**
 * Finds under which key each column's cell stands. Normally that is the field name; Heap's own integration
 * met rows keyed by short label and by group label as well. Looked up once, in the first row; a column that
 * has no cell there can only stand under its name.
 */
export function findRowKeys(columns: readonly Column[], firstRow: Row): RowKeys {
  const keyOf = new Map<Column, string>()
  const owner = new Map<string, Column>()
  for (const column of columns) {
    const variants = [column.name, column.label, column.shortLabel, column.groupLabel]
    const key = variants.find((variant) => variant !== null && Object.hasOwn(firstRow, variant))
    if (key === undefined || key === null) continue
    const other = owner.get(key)
    if (other) {
      return {
        kind: 'failed',
        message: `Looker sent the columns ${other.name} and ${column.name} under one key, ${JSON.stringify(key)}, so that their values cannot be told apart. Give the columns different labels.`,
      }
    }
    owner.set(key, column)
    keyOf.set(column, key)
  }
  const missing = columns.filter((column) => !keyOf.has(column))
  const unknown = Object.keys(firstRow).filter((key) => !owner.has(key))
  if (missing.length > 0 && unknown.length > 0) {
    return {
      kind: 'failed',
      message: `Looker sent values under ${JSON.stringify(unknown[0])}, which is none of the columns it announced. Switch off "apply visualization options" in the schedule, or remove the column.`,
    }
  }
  for (const column of missing) keyOf.set(column, column.name)
  return { kind: 'found', keyOf }
}

/** The value in a cell: `{ value }` in both detail formats; a bare value is taken as it is. */
function cellValue(cell: unknown): unknown {
  if (typeof cell === 'object' && cell !== null && !Array.isArray(cell)) {
    return Object.hasOwn(cell, 'value') ? (cell as { value: unknown }).value : undefined
  }
  return cell
}

/**
 * Makes the function that turns rows into entities, by the rules of the join key and of property values. It
 * is called for every row of a Look, so all that can be decided once is decided here.
 *
 * @param keyOf of `findRowKeys`; a column without a key has no values and is left out
 * @param timezone of the query, for time columns
 */
export function createRowMapper(
  joinKey: Column,
  properties: readonly Property[],
  keyOf: (column: Column) => string | undefined,
  timezone: string | null,
): RowMapper {
  const readTime = createLocalTimeReader(timezone)
  const notes: ValueNotes = { cut: 0, unwrapped: 0, broken: 0 }
  const joinKeyCell = keyOf(joinKey)
  const cells = properties.map(({ column }) => ({
    key: keyOf(column),
    pivotKey: column.pivot?.key,
    readTime: isTimeType(column.type) ? readTime : null,
  }))

  function mapRow(row: Row): MappedRow {
    const joinKeyValue =
      joinKeyCell !== undefined && Object.hasOwn(row, joinKeyCell) ? cellValue(row[joinKeyCell]) : undefined
    const joinKey = readJoinKey(joinKeyValue, notes)
    if (joinKey.kind !== 'key') return joinKey
    const values = new Array<PropertyValue>(cells.length)
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index]
      if (cell?.key === undefined || !Object.hasOwn(row, cell.key)) continue
      let content = row[cell.key]
      if (cell.pivotKey !== undefined) {
        content =
          isPivotedCell(content) && Object.hasOwn(content, cell.pivotKey) ? content[cell.pivotKey] : undefined
      }
      values[index] = readPropertyValue(cellValue(content), cell.readTime, notes)
    }
    return { kind: 'entity', joinKey: joinKey.key, values }
  }

  return { mapRow, notes }
}
