import type { Column } from '../../../shared/looker-result/columns.ts'
import type { Row } from '../../../shared/looker-result/row-keys.ts'
import type { RowLayout } from '../../../shared/looker-result/row-layout.ts'
import type { Property } from '../../../shared/rows/property-plan.ts'
import type { RowNotes } from '../../../shared/rows/row-mapper.ts'
import { createTimeReaders } from '../../../shared/rows/time-readers.ts'
import { lineParts } from '../../heap/entity-line.ts'
import type { HeapTarget } from '../../heap/heap-target.ts'
import { kindOf, NULL } from '../../looker/transcode/cell.ts'
import type { RowEmitter } from '../../looker/transcode/emit-row.ts'
import { createRowEmitter } from '../../looker/transcode/emit-row.ts'
import type { LineBuffer } from '../../looker/transcode/line-buffer.ts'
import type { CellPlace } from '../../looker/transcode/row-template.ts'
import { learnTemplate } from '../../looker/transcode/row-template.ts'
import type { RowScanner } from '../../looker/transcode/scan-row.ts'
import { createRowScanner } from '../../looker/transcode/scan-row.ts'
import type { PropertyTally } from './property-tally.ts'

/** What turns rows of one form into lines without parsing them. */
export type RowTranscoder = {
  scanner: RowScanner
  emitter: RowEmitter
  /** Counts the values of the row just emitted. */
  count: () => void
  /** Does this row bring the first value of a column? The layout must see such a row whole. */
  opensColumn: (cells: Int32Array, index: number) => boolean
}

/** What is decided of the rows of a result; see `createRowMapper` for the same of parsed rows. */
export type TranscodedRows = {
  joinKey: Column
  properties: readonly Property[]
  layout: RowLayout
  timezone: string | null
  target: HeapTarget
  /** What an empty cell becomes; an empty text: it is left out. */
  emptyValue: string
  notes: RowNotes
  lines: LineBuffer
  tally: PropertyTally
}

/**
 * Learns the form of a row that the layout has seen, for rows like it.
 *
 * @param bytes the same row as it stands in the result
 * @returns null where rows like it must be looked at one by one: they have keys of no column or no key cell, or cells
 *   that are no map of pivots where one is expected
 */
export function learnRows(bytes: Uint8Array, row: Row, rows: TranscodedRows): RowTranscoder | null {
  const { joinKey, properties, layout, timezone, target, emptyValue, notes, lines, tally } = rows
  if (layout.needsRows()) return null
  const template = learnTemplate(bytes)
  if (template === null) return null
  const columnByPlace = new Map(layout.columns().map((column) => [placeOf(column, layout), column]))
  if (template.places.some((place) => !columnByPlace.has(nameOf(place)))) return null
  if (template.places.some(({ key, pivotKey }) => pivotKey !== null && !layout.isPivoted(row[key])))
    return null
  const slots = new Map(template.places.map((place, slot) => [nameOf(place), slot]))
  const keySlot = slots.get(placeOf(joinKey, layout))
  if (keySlot === undefined) return null

  const readerOf = createTimeReaders(timezone)
  const members = properties.flatMap(({ column, name }) => {
    const slot = slots.get(placeOf(column, layout))
    return slot === undefined ? [] : [{ slot, name, readTime: readerOf(column) }]
  })
  let open = [...slots].flatMap(([place, slot]) => {
    const column = columnByPlace.get(place)
    return column && column.pivot === null ? [{ column, slot }] : []
  })

  function opensColumn(cells: Int32Array, index: number): boolean {
    if (open.length === 0) return false
    open = open.filter(({ column }) => layout.isOpen(column))
    return open.some(({ slot }) => kindOf(cells[index + 2 * slot + 1] as number) !== NULL)
  }

  const plan = { keySlot, members, emptyValue, notes, kindOf: tally.kindOf, ...lineParts(target) }
  const emitter = createRowEmitter(plan, lines)
  const addKinds = tally.counterOf(members.map(({ name }) => name))
  const count = () => addKinds(emitter.kinds)
  return { scanner: createRowScanner(template), emitter, count, opensColumn }
}

function placeOf(column: Column, layout: RowLayout): string {
  const key = layout.keyOf(column)
  return key === undefined ? '' : nameOf({ key, pivotKey: column.pivot?.key ?? null })
}

function nameOf({ key, pivotKey }: CellPlace): string {
  return JSON.stringify([key, pivotKey])
}
