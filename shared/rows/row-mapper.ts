import { readCell, UNKNOWN_CELL } from '../looker-result/cell-form.ts'
import type { Column } from '../looker-result/columns.ts'
import type { Row } from '../looker-result/row-keys.ts'
import type { RowLayout } from '../looker-result/row-layout.ts'
import type { JoinKey } from './join-key.ts'
import { readJoinKey } from './join-key.ts'
import type { Property } from './property-plan.ts'
import type { PropertyValue, ValueNotes } from './property-value.ts'
import { readPropertyValue } from './property-value.ts'
import { createTimeReaders } from './time-readers.ts'

/**
 * What becomes of a cell; null: it is there, and empty. A cell that is not there, or whose value is left out, is
 * undefined: what Heap has of it must stay, whatever is sent for empty cells.
 */
export type MappedValue = PropertyValue | null

/** A row as it goes to Heap, or why it does not. Values stand in the order of the planned properties. */
type MappedRow =
  | { kind: 'entity'; joinKey: string; values: MappedValue[] }
  | Exclude<JoinKey, { kind: 'key' }>

/** What was changed or left out in all rows. */
export type RowNotes = ValueNotes & {
  /** Cells in a form that is not known, which are left out: how many, by column name. */
  unknown: Map<string, number>
}

export function noNotes(): RowNotes {
  return { cut: 0, unwrapped: 0, broken: 0, unknown: new Map() }
}

export type RowMapper = { mapRow: (row: Row) => MappedRow; notes: Readonly<RowNotes> }

/**
 * Makes the function that turns rows into entities, by the rules of the join key and of property values. It
 * is called for every row of a Look, so all that can be decided once is decided here.
 *
 * @param layout where the cells stand; a column without a key has no values and is left out
 * @param timezone of the query, for time columns that Looker converted
 * @param notes counted up in place
 */
export function createRowMapper(
  joinKey: Column,
  properties: readonly Property[],
  layout: Pick<RowLayout, 'keyOf' | 'isPivoted'>,
  timezone: string | null,
  notes: RowNotes = noNotes(),
): RowMapper {
  const readerOf = createTimeReaders(timezone)
  const joinKeyCell = layout.keyOf(joinKey)
  const cells = properties.map(({ column }) => ({
    column,
    key: layout.keyOf(column),
    pivotKey: column.pivot?.key,
    readTime: readerOf(column),
  }))

  function mapRow(row: Row): MappedRow {
    const joinKey = readJoinKey(joinKeyValue(row), notes)
    if (joinKey.kind !== 'key') return joinKey
    const values = new Array<MappedValue>(cells.length)
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index]
      if (cell?.key === undefined || !Object.hasOwn(row, cell.key)) continue
      let content = row[cell.key]
      if (cell.pivotKey !== undefined) {
        // What is no map of pivots here the layout has remarked.
        if (!layout.isPivoted(content) || !Object.hasOwn(content, cell.pivotKey)) continue
        content = content[cell.pivotKey]
      }
      const value = readCell(content)
      if (value === UNKNOWN_CELL) noteUnknown(cell.column)
      else if (value === null || value === undefined) values[index] = null
      else values[index] = readPropertyValue(value, cell.readTime, notes)
    }
    return { kind: 'entity', joinKey: joinKey.key, values }
  }

  /** A cell of unknown form is passed on as it is: an object is no key, and the row is rejected for it. */
  function joinKeyValue(row: Row): unknown {
    if (joinKeyCell === undefined || !Object.hasOwn(row, joinKeyCell)) return undefined
    const value = readCell(row[joinKeyCell])
    return value === UNKNOWN_CELL ? row[joinKeyCell] : value
  }

  function noteUnknown({ name }: Column): void {
    notes.unknown.set(name, (notes.unknown.get(name) ?? 0) + 1)
  }

  return { mapRow, notes }
}
