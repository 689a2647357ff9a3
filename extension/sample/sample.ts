import type { Column, LookerPivot, ResultHeader } from '../../shared/columns.ts'
import { expandPivots, readColumns } from '../../shared/columns.ts'
import { isRecord } from '../../shared/is-record.ts'

/** What Looker says of a field beyond what an import needs; it helps to propose the join key. */
export type FieldFacts = {
  tags: string[]
  primaryKey: boolean
  kind: 'dimension' | 'measure' | 'table_calculation'
}

/** The first rows of a Look, and its columns. */
export type Sample = {
  /** Pivoted measures are one column per pivot value. */
  columns: Column[]
  factsOf: ReadonlyMap<string, FieldFacts>
  /** Labels of the dimensions that the Look is pivoted by. */
  pivotedBy: string[]
  rows: Record<string, unknown>[]
  /** The rows are as many as were asked for, so the Look may have more. */
  partial: boolean
}

export type SampleResult = { kind: 'read'; sample: Sample } | { kind: 'failed'; message: string }

/**
 * Reads a `json_detail` result.
 *
 * @param hiddenFields of the Look's query
 * @param limit how many rows were asked for
 */
export function readSample(result: unknown, hiddenFields: readonly string[], limit: number): SampleResult {
  const body = typeof result === 'string' ? parse(result) : result
  if (!isRecord(body)) return { kind: 'failed', message: 'Looker answered no rows.' }
  const message = errorText(body.errors)
  if (message !== null) return { kind: 'failed', message }
  const header = readHeader(body)
  const rows = Array.isArray(body.data) ? body.data.filter(isRecord) : []
  const columns = expandPivots(readColumns(header, hiddenFields), header, (column) => rows[0]?.[column.name])
  if (columns.length === 0) return { kind: 'failed', message: 'The Look has no columns.' }
  const pivotedBy = header.fields.pivots.map((field) => field.label?.trim() || field.name)
  return {
    kind: 'read',
    sample: { columns, factsOf: readFacts(body.fields), pivotedBy, rows, partial: rows.length >= limit },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A failed query is an answer of status 200 with `errors`. */
function errorText(errors: unknown): string | null {
  if (!Array.isArray(errors) || errors.length === 0) return null
  const texts = errors.flatMap((error) =>
    isRecord(error) ? [[error.message, error.message_details].filter(Boolean).join(' ')] : [String(error)],
  )
  return texts.filter((text) => text !== '').join(' ') || 'The query failed.'
}

function readHeader(body: Record<string, unknown>): ResultHeader {
  const fields = isRecord(body.fields) ? body.fields : {}
  return {
    fields: {
      dimensions: fieldsOf(fields.dimensions),
      measures: fieldsOf(fields.measures),
      pivots: fieldsOf(fields.pivots),
      table_calculations: fieldsOf(fields.table_calculations),
    },
    pivots: Array.isArray(body.pivots) ? body.pivots.filter(isPivot) : [],
    timezone: typeof body.timezone === 'string' ? body.timezone : null,
  }
}

type Field = Record<string, unknown> & { name: string }

function fieldsOf(list: unknown): Field[] {
  return Array.isArray(list) ? list.filter(isField) : []
}

function isField(value: unknown): value is Field {
  return isRecord(value) && typeof value.name === 'string'
}

function isPivot(value: unknown): value is LookerPivot {
  return isRecord(value) && typeof value.key === 'string'
}

function readFacts(fields: unknown): Map<string, FieldFacts> {
  const groups = isRecord(fields) ? fields : {}
  const facts = new Map<string, FieldFacts>()
  const add = (list: unknown, kind: FieldFacts['kind']) => {
    for (const field of fieldsOf(list)) {
      const tags = Array.isArray(field.tags) ? field.tags.filter((tag) => typeof tag === 'string') : []
      facts.set(field.name, { tags, primaryKey: field.primary_key === true, kind })
    }
  }
  add(groups.dimensions, 'dimension')
  add(groups.measures, 'measure')
  add(groups.table_calculations, 'table_calculation')
  return facts
}

/** The values of a column, one per row. */
export function valuesOf(sample: Sample, column: Column): unknown[] {
  return sample.rows.map((row) => {
    const cell = row[column.name]
    const inner = column.pivot && isRecord(cell) ? cell[column.pivot.key] : cell
    return isRecord(inner) ? inner.value : inner
  })
}
