import type { Column } from '../../../shared/looker-result/columns.ts'
import type { RowLayout } from '../../../shared/looker-result/row-layout.ts'
import { createLocalTimeReader, isTimeType } from '../../../shared/rows/local-time.ts'
import type { Property } from '../../../shared/rows/property-plan.ts'
import type { RowNotes } from '../../../shared/rows/row-mapper.ts'
import { lineParts } from '../../heap/entity-line.ts'
import type { HeapTarget } from '../../heap/heap-target.ts'
import { kindOf, NULL } from '../../looker/transcode/cell.ts'
import type { RowEmitter } from '../../looker/transcode/emit-row.ts'
import { createRowEmitter } from '../../looker/transcode/emit-row.ts'
import type { LineBuffer } from '../../looker/transcode/line-buffer.ts'
import { learnTemplate } from '../../looker/transcode/row-template.ts'
import type { RowScanner } from '../../looker/transcode/scan-row.ts'
import { createRowScanner } from '../../looker/transcode/scan-row.ts'

/** What turns rows of one form into lines without parsing them. */
export type RowTranscoder = {
  scanner: RowScanner
  emitter: RowEmitter
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
  notes: RowNotes
  lines: LineBuffer
}

/**
 * Learns the form of a row that the layout has seen, for rows like it.
 *
 * @returns null where rows like it must be looked at one by one: they have pivots, keys of no column or no key cell
 */
export function learnRows(row: Uint8Array, rows: TranscodedRows): RowTranscoder | null {
  const { joinKey, properties, layout, timezone, target, notes, lines } = rows
  if (layout.needsRows()) return null
  const template = learnTemplate(row)
  if (template === null) return null
  const columnsByKey = Map.groupBy(layout.columns(), (column) => layout.keyOf(column))
  if (template.keys.some((key) => !columnsByKey.has(key))) return null
  const slots = new Map<string | undefined, number>(template.keys.map((key, slot) => [key, slot]))
  const keySlot = slots.get(layout.keyOf(joinKey))
  if (keySlot === undefined) return null

  const readers = { converted: createLocalTimeReader(timezone), unconverted: createLocalTimeReader(null) }
  const members = properties.flatMap(({ column, name }) => {
    const slot = slots.get(layout.keyOf(column))
    const reader = readers[column.isConverted ? 'converted' : 'unconverted']
    return slot === undefined ? [] : [{ slot, name, readTime: isTimeType(column.type) ? reader : null }]
  })
  let open = [...slots].flatMap(([key, slot]) =>
    (columnsByKey.get(key) ?? []).map((column) => ({ column, slot })),
  )

  function opensColumn(cells: Int32Array, index: number): boolean {
    if (open.length === 0) return false
    open = open.filter(({ column }) => layout.isOpen(column))
    return open.some(({ slot }) => kindOf(cells[index + 2 * slot + 1] as number) !== NULL)
  }

  const emitter = createRowEmitter({ keySlot, members, notes, ...lineParts(target) }, lines)
  return { scanner: createRowScanner(template), emitter, opensColumn }
}
