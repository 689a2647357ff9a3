import type { FieldFacts } from '../../shared/advice/advised-column.ts'
import { isRecord } from '../../shared/is-record.ts'
import { readCell, UNKNOWN_CELL } from '../../shared/looker-result/cell-form.ts'
import type { Column } from '../../shared/looker-result/columns.ts'
import type { Complaint } from '../../shared/looker-result/complaint.ts'
import { complaintDetails } from '../../shared/looker-result/complaint.ts'
import { complaintOfRow } from '../../shared/looker-result/looker-error-row.ts'
import { createResultReading } from '../../shared/looker-result/result-reading.ts'
import type { Row } from '../../shared/looker-result/row-keys.ts'
import { rowKeyOf } from '../../shared/looker-result/row-keys.ts'
import { createRowLayout } from '../../shared/looker-result/row-layout.ts'
import { unknownCells } from '../../shared/looker-result/row-remarks.ts'
import type { Visualization } from '../../shared/looker-result/visualization.ts'
import type { Remark, RemarkCode } from '../../shared/report/remark.ts'

/** The first rows of a Look, and its columns. */
export type Sample = {
  /** Pivoted measures are one column per pivot value. */
  columns: Column[]
  factsOf: ReadonlyMap<string, FieldFacts>
  /** Labels of the dimensions that the Look is pivoted by. */
  pivotedBy: string[]
  rows: Row[]
  /** Of the query, by its result; IANA name or null. */
  timezone: string | null
  /** The rows are as many as were asked for, so the Look may have more. */
  partial: boolean
  /** What Looker says of the result, and what is in it that is not known: a delivery will have the same. */
  remarks: Remark[]
}

/** Said of rows that are no more than was asked for. */
const CUT_AS_ASKED: RemarkCode[] = ['result_truncated', 'row_limit']

export type SampleResult = { kind: 'read'; sample: Sample } | { kind: 'failed'; message: string }

/**
 * Reads a `json_detail` result, by the rules by which the action server reads a delivery.
 *
 * @param visualization of the Look's query
 * @param limit how many rows were asked for
 */
export function readSample(result: unknown, visualization: Visualization, limit: number): SampleResult {
  const body = typeof result === 'string' ? parse(result) : result
  const root = Array.isArray(body) ? { data: body } : body
  if (!isRecord(root)) return failed('Looker answered no rows.')
  const reading = createResultReading()
  for (const [key, value] of Object.entries(root)) if (key !== 'data') reading.add(key, value)
  const data = readData(root.data)
  const complaints = [...reading.complaints(), ...data.complaints]
  if (complaints.length > 0) return failed(complaintDetails(complaints) || 'The query failed.')
  const head = reading.head()
  if (head.kind === 'failed') return failed(reading.headFailure(head.reason))
  if (data.oddRow !== null) return failed(`Row ${data.oddRow} of Looker's answer is not a row of columns.`)

  const { rows } = data
  const layout = createRowLayout(head.header, visualization)
  for (const row of rows) {
    const change = layout.see(row)
    if (change.kind === 'failed') return failed(change.message)
  }
  const columns = layout.columns()
  if (columns.length === 0) return failed('The Look has no columns.')
  const partial = rows.length >= limit
  const said = [...reading.takeRemarks(), ...reading.remarksOfSize(rows.length)]
  const unknown = countUnknownCells(columns, rows)
  return {
    kind: 'read',
    sample: {
      columns,
      factsOf: readFacts(root.fields),
      pivotedBy: head.header.fields.pivots.map((field) => field.label?.trim() || field.name),
      rows,
      timezone: head.header.timezone,
      partial,
      remarks: [
        ...said.filter(({ code }) => !partial || !CUT_AS_ASKED.includes(code)),
        ...layout.remarks(),
        ...(unknown.size > 0 ? [unknownCells(unknown)] : []),
      ],
    },
  }
}

function failed(message: string): SampleResult {
  return { kind: 'failed', message }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type Data = { rows: Row[]; complaints: Complaint[]; oddRow: number | null }

/** Rows, and what Looker says in one that is none. */
function readData(data: unknown): Data {
  if (!Array.isArray(data)) return { rows: [], complaints: [], oddRow: 1 }
  const complaints = data.flatMap((row) => {
    const complaint = isRecord(row) ? complaintOfRow(row, false) : null
    return complaint === null ? [] : [complaint]
  })
  const odd = data.findIndex((row) => !isRecord(row))
  return { rows: data.filter(isRecord), complaints, oddRow: odd === -1 ? null : odd + 1 }
}

function countUnknownCells(columns: readonly Column[], rows: readonly Row[]): Map<string, number> {
  const unknown = new Map<string, number>()
  for (const column of columns.filter(({ hidden }) => !hidden)) {
    const count = rows.filter((row) => readCell(cellOf(row, column)) === UNKNOWN_CELL).length
    if (count > 0) unknown.set(column.name, (unknown.get(column.name) ?? 0) + count)
  }
  return unknown
}

type Field = Record<string, unknown> & { name: string }

function fieldsOf(list: unknown): Field[] {
  return Array.isArray(list) ? list.filter(isField) : []
}

function isField(value: unknown): value is Field {
  return isRecord(value) && typeof value.name === 'string'
}

function readFacts(fields: unknown): Map<string, FieldFacts> {
  const groups = isRecord(fields) ? fields : {}
  const facts = new Map<string, FieldFacts>()
  const add = (list: unknown, kind: FieldFacts['kind']) => {
    for (const field of fieldsOf(list)) {
      const tags = Array.isArray(field.tags) ? field.tags.filter((tag) => typeof tag === 'string') : []
      const valueFormat = typeof field.value_format === 'string' ? field.value_format : null
      facts.set(field.name, { tags, primaryKey: field.primary_key === true, kind, valueFormat })
    }
  }
  add(groups.dimensions, 'dimension')
  add(groups.measures, 'measure')
  add(groups.table_calculations, 'table_calculation')
  return facts
}

/** The values of a column, one per row; undefined where the row has none. */
export function valuesOf(sample: Sample, column: Column): unknown[] {
  return sample.rows.map((row) => {
    const value = readCell(cellOf(row, column))
    return value === UNKNOWN_CELL ? undefined : value
  })
}

function cellOf(row: Row, column: Column): unknown {
  const key = rowKeyOf(column, row)
  const cell = key === undefined ? undefined : row[key]
  if (column.pivot === null) return cell
  return isRecord(cell) && Object.hasOwn(cell, column.pivot.key) ? cell[column.pivot.key] : undefined
}
