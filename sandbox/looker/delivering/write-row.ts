import type { LookCell, LookRow, LookValue } from '../look.ts'
import type { ResultFormat } from './result-head.ts'

/** Writes one row as Looker does: every value in a cell of its own, pivoted measures as cells by pivot key. */
export function writeRow(
  row: LookRow,
  format: ResultFormat,
  keyOf: (name: string) => string = (name) => name,
): string {
  const cells = Object.entries(row).map(
    ([name, cell]) => `${JSON.stringify(keyOf(name))}:${writeCell(cell, format)}`,
  )
  return `{${cells.join(',')}}`
}

function writeCell(cell: LookCell, format: ResultFormat): string {
  if (typeof cell !== 'object' || cell === null) return writeValueCell(cell, format)
  const cells = Object.entries(cell).map(
    ([key, value]) => `${JSON.stringify(key)}:${writeValueCell(value, format)}`,
  )
  return `{${cells.join(',')}}`
}

/** In the lite format a cell holds its value only (observed); in `json_detail` more may stand beside it. */
function writeValueCell(value: LookValue, format: ResultFormat): string {
  if (format === 'json_detail_lite_stream' || value === null) return `{"value":${writeValue(value)}}`
  if (typeof value === 'string') {
    return `{"value":${writeValue(value)},"filterable_value":${JSON.stringify(JSON.stringify(value))},"links":[]}`
  }
  const rendered = typeof value === 'number' ? value.toLocaleString('en-US') : String(value)
  return `{"value":${writeValue(value)},"rendered":${JSON.stringify(rendered)},"filterable_value":"${value}"}`
}

/** Databases answer with integers that a JavaScript number cannot hold; Looker writes all their digits. */
export function writeValue(value: LookValue): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}
