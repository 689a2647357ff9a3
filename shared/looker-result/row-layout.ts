import type { Remark } from '../report/remark.ts'
import { quoteList } from '../text/text-list.ts'
import { isEmptyCell, isPivotedCell, readCell } from './cell-form.ts'
import type { Column, LookerPivot, ResultHeader } from './columns.ts'
import { pivotColumns, ROW_TOTAL_KEY, readColumns } from './columns.ts'
import type { HiddenRows } from './hidden-rows.ts'
import { createHiddenRows } from './hidden-rows.ts'
import type { Row, RowKeys } from './row-keys.ts'
import { lostPivotsRemark, unannouncedRemark, unfitRemark, withoutCellsRemark } from './row-remarks.ts'
import { createRowShapes } from './row-shapes.ts'
import type { Visualization } from './visualization.ts'

/** What a row changed in what is known of all rows. */
export type LayoutChange =
  | { kind: 'same' }
  /** Cells stand under other keys than before: ask `keyOf` anew. */
  | { kind: 'keys' }
  /** A column turned out to be pivoted, or has a new pivot value: ask `columns` anew, and `keyOf`. */
  | { kind: 'columns' }
  | { kind: 'failed'; message: string }

/**
 * Where values stand in the rows of a result. The head announces the columns, but only rows tell under which
 * keys their cells stand and which are pivoted, and not always the first one does: so every row is looked at,
 * and what fits nothing known is remarked.
 */
export type RowLayout = {
  see: (row: Row) => LayoutChange
  /** Must every row be seen as a whole? If not, `seeAlike` suffices for most. */
  needsRows: () => boolean
  /**
   * Counts a row that has the keys of one that was seen since `keyOf` changed, all of them keys of columns, with
   * plain values under them or maps of the same pivots, and none that is the first of its column.
   */
  seeAlike: () => void
  /** Has no value of this column come yet? */
  isOpen: (column: Column) => boolean
  /** Takes in the pivot values of rows that are still to be seen, as after each new one much is made anew. */
  lookAhead: (rows: readonly Row[]) => void
  /** One column per pivot value for those that were seen to be pivoted. */
  columns: () => Column[]
  /** How many those are, without making them. */
  countColumns: () => number
  keyOf: (column: Column) => string | undefined
  /** Is this cell, of a column that was seen to be pivoted, a map from pivot key to cell? */
  isPivoted: (cell: unknown) => cell is Record<string, unknown>
  remarks: () => Remark[]
}

const SAME: LayoutChange = { kind: 'same' }
const NEW_KEYS: LayoutChange = { kind: 'keys' }
const NEW_COLUMNS: LayoutChange = { kind: 'columns' }

/** Different keys that are kept for a remark. */
const MOST_KEPT = 1_000

export function createRowLayout(header: ResultHeader, visualization: Visualization): RowLayout {
  const base = readColumns(header, visualization.hiddenFields)
  const announced = header.fields.pivots.length > 0
  const shapes = createRowShapes(base)
  const hiddenRows: HiddenRows = createHiddenRows(visualization)
  const pivotKeys = new Set(header.pivots.map(({ key }) => key))
  const knownPivots = new Map(header.pivots.map((pivot) => [pivot.key, pivot]))
  /** Columns of which only empty cells have come, so that they may yet turn out to be pivoted. */
  const open = new Set(base)
  const pivoted = new Set<Column>()
  /** Where the cells of a column were last seen. */
  const keyByName = new Map<string, string>(base.map(({ name }) => [name, name]))
  const columnByName = new Map(base.map((column) => [column.name, column]))
  const withCells = new Set<Column>()
  const unannounced = new Map<string, number>()
  const unfit = new Map<string, number>()
  /** Unknown keys of rows that had all columns besides: no column's cells stand there. */
  const beside = new Set<string>()
  let rows = 0
  let lastKeys: RowKeys | undefined

  function see(row: Row): LayoutChange {
    rows += 1
    const keys = shapes.keysOf(row)
    if (keys.kind === 'failed') return keys
    const moved = keys !== lastKeys && takeKeys(keys)
    lastKeys = keys
    if (keys.unknown.length > 0) {
      const message = seeUnknown(row, keys)
      if (message !== null) return { kind: 'failed', message }
    }
    const grown = grow(row)
    countUnfit(row)
    if (visualization.hiddenIfNo.length > 0) hiddenRows.see((name) => valueIn(row, name))
    if (grown) return NEW_COLUMNS
    return moved ? NEW_KEYS : SAME
  }

  function takeKeys(keys: Extract<RowKeys, { kind: 'found' }>): boolean {
    let moved = false
    for (const [column, key] of keys.keyOf) {
      withCells.add(column)
      if (keyByName.get(column.name) === key) continue
      keyByName.set(column.name, key)
      moved = true
    }
    return moved
  }

  /** @returns why the result cannot be read */
  function seeUnknown(row: Row, keys: Extract<RowKeys, { kind: 'found' }>): string | null {
    for (const key of keys.unknown) {
      if (keys.missing.length === 0) beside.add(key)
      if (isEmptyCell(row[key])) continue
      if (keys.missing.length > 0 && !beside.has(key)) {
        return `Looker sent values under ${quoteList([key])}, which is none of the columns it announced, in row ${rows}. Switch off "apply visualization options" in the schedule, or remove the column.`
      }
      if (unannounced.size < MOST_KEPT || unannounced.has(key)) {
        unannounced.set(key, (unannounced.get(key) ?? 0) + 1)
      }
    }
    return null
  }

  /** @returns whether columns or pivot values are new */
  function grow(row: Row): boolean {
    let grown = false
    for (const column of open) {
      const cell = cellOf(row, column)
      if (isPivoted(cell)) {
        pivoted.add(column)
        grown = true
      } else if (isEmptyCell(cell)) continue
      open.delete(column)
    }
    for (const column of pivoted) {
      const cell = cellOf(row, column)
      if (!isPivoted(cell)) continue
      for (const key of Object.keys(cell)) {
        if (pivotKeys.has(key)) continue
        pivotKeys.add(key)
        grown = true
      }
    }
    return grown
  }

  /** A value where a map of pivots is expected. */
  function countUnfit(row: Row): void {
    for (const column of pivoted) {
      const cell = cellOf(row, column)
      if (isPivoted(cell) || isEmptyCell(cell)) continue
      unfit.set(column.name, (unfit.get(column.name) ?? 0) + 1)
    }
  }

  function cellOf(row: Row, { name }: Column): unknown {
    const key = keyByName.get(name) ?? name
    return Object.hasOwn(row, key) ? row[key] : undefined
  }

  function valueIn(row: Row, name: string): unknown {
    const column = columnByName.get(name)
    return column === undefined ? undefined : readCell(cellOf(row, column))
  }

  function isPivoted(cell: unknown): cell is Record<string, unknown> {
    return isPivotedCell(cell, announced, pivotKeys)
  }

  function isHiddenPivot(column: Column, pivot: LookerPivot): boolean {
    const hidden = visualization.hiddenPivots.get(pivot.key)
    if (hidden === 'all' || hidden?.has(column.name)) return true
    return visualization.hidesRowTotals && (pivot.key === ROW_TOTAL_KEY || pivot.is_total === true)
  }

  function columns(): Column[] {
    const pivots = [...pivotKeys].map((key) => knownPivots.get(key) ?? { key })
    return base.flatMap((column) =>
      pivoted.has(column)
        ? pivotColumns(column, { ...header, pivots }, (pivot) => isHiddenPivot(column, pivot))
        : [column],
    )
  }

  return {
    see,
    needsRows: () => visualization.hiddenIfNo.length > 0,
    seeAlike: () => {
      rows += 1
    },
    isOpen: (column) => open.has(column),
    lookAhead(more) {
      for (const row of more) grow(row)
    },
    columns,
    countColumns: () => base.length + pivoted.size * (pivotKeys.size - 1),
    keyOf: ({ name }) => keyByName.get(name),
    isPivoted,
    remarks: () => [
      ...visualization.remarks,
      ...unannouncedRemark(unannounced),
      ...unfitRemark(unfit),
      ...(rows > 0 ? withoutCellsRemark(base.filter((column) => !withCells.has(column))) : []),
      ...(pivoted.size > 0 ? lostPivotsRemark(visualization, pivotKeys) : []),
      ...hiddenRows.remarks(rows),
    ],
  }
}
