import { isRecord } from './is-record.ts'

/**
 * What a Looker result says of one of its fields: the part of `fields.dimensions[]`, `fields.measures[]` and
 * `fields.table_calculations[]` that matters here. Table calculations have few keys, so all but the name may
 * be missing.
 */
export type LookerField = {
  name: string
  label?: string | null
  label_short?: string | null
  field_group_label?: string | null
  type?: string | null
  is_numeric?: boolean | null
}

/** One entry of the result's top-level `pivots`: the values that one pivoted column stands for. */
export type LookerPivot = {
  key: string
  is_total?: boolean | null
  data?: Record<string, unknown> | null
}

/** The head of a Looker result in `json_detail` or `json_detail_lite_stream`, reduced to what is used. */
export type ResultHeader = {
  fields: {
    dimensions: LookerField[]
    measures: LookerField[]
    pivots: LookerField[]
    table_calculations: LookerField[]
  }
  pivots: LookerPivot[]
  /** IANA name of the query's time zone; null when Looker does not say. */
  timezone: string | null
}

/** One field of the Look's result. A pivoted measure is several columns of one name. */
export type Column = {
  /** Looker's field name, `users.email`; a table calculation has a bare name. */
  name: string
  /** What the results table shows, `Users Email`; the property name unless it is renamed. */
  label: string
  /** `Email` */
  shortLabel: string
  /** `Created Date`, for fields of a group. Rows are sometimes keyed by it. */
  groupLabel: string | null
  /** Looker's type, `string`, `date_time`, `sum` ...; null when unknown (table calculations). */
  type: string | null
  /** Hidden in the visualization: its values arrive all the same, and are not imported. */
  hidden: boolean
  /** Set for a pivoted column: where its cell stands below the row's cell, and what it is called. */
  pivot: { key: string; label: string } | null
}

/** Looker's key for the total across all pivot values (seen in Looker's reference hub). */
export const ROW_TOTAL_KEY = '$$$_row_total_$$$'

/** Looker joins the values of several pivots with this in the key (inferred from the same place). */
const PIVOT_KEY_SEPARATOR = '|FIELD|'

/** How a null pivot value is called, as in Looker's own tables. */
const NULL_PIVOT_LABEL = '∅'

function toColumn(field: LookerField, hidden: ReadonlySet<string>): Column {
  const label = field.label?.trim() || field.name
  return {
    name: field.name,
    label,
    shortLabel: field.label_short?.trim() || label,
    groupLabel: field.field_group_label?.trim() || null,
    type: field.type ?? null,
    hidden: hidden.has(field.name),
    pivot: null,
  }
}

/**
 * The columns of a result in Looker's order: dimensions, measures, table calculations. Pivot dimensions are
 * not columns themselves. Which measures are pivoted only the rows tell: see `expandPivots`.
 *
 * @param hiddenFields names from `scheduled_plan.query.vis_config.hidden_fields`
 */
export function readColumns(header: ResultHeader, hiddenFields: readonly string[]): Column[] {
  const hidden = new Set(hiddenFields)
  const pivots = new Set(header.fields.pivots.map((field) => field.name))
  const fields = [
    ...header.fields.dimensions.filter((field) => !pivots.has(field.name)),
    ...header.fields.measures,
    ...header.fields.table_calculations,
  ]
  return fields.map((field) => toColumn(field, hidden))
}

/** What a pivoted column is called after: the pivot's values, or `Row Total`. */
export function pivotLabel(
  key: string,
  header: ResultHeader,
  pivot = header.pivots.find((candidate) => candidate.key === key),
): string {
  if (pivot?.is_total || key === ROW_TOTAL_KEY) return 'Row Total'
  const data = pivot?.data
  const values = data
    ? header.fields.pivots.map((field) => (Object.hasOwn(data, field.name) ? data[field.name] : undefined))
    : []
  const known = values.length > 0 && values.every(isPivotValue)
  const parts = known ? values : key.split(PIVOT_KEY_SEPARATOR)
  return parts.map((part) => (part === null ? NULL_PIVOT_LABEL : String(part))).join(', ')
}

function isPivotValue(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/**
 * Replaces a measure by one column per pivot key. A pivoted cell is a map from pivot key to cell, so it is
 * told apart from a plain one by having no `value` of its own.
 *
 * @param cellOf the cell of a column in the result's first row
 */
export function expandPivots(
  columns: readonly Column[],
  header: ResultHeader,
  cellOf: (column: Column) => unknown,
): Column[] {
  if (header.fields.pivots.length === 0) return [...columns]
  const pivots = new Map(header.pivots.map((pivot) => [pivot.key, pivot]))
  return columns.flatMap((column) => {
    const cell = cellOf(column)
    if (!isPivotedCell(cell)) return [column]
    const keys = [...new Set([...pivots.keys(), ...Object.keys(cell)])]
    return keys.map((key) => {
      const label = pivotLabel(key, header, pivots.get(key))
      return { ...column, label: `${column.label} - ${label}`, pivot: { key, label } }
    })
  })
}

/** Is this cell a map from pivot key to cell, and not a cell with a `value`? `value` can be a pivot key, too. */
export function isPivotedCell(cell: unknown): cell is Record<string, unknown> {
  if (!isRecord(cell)) return false
  return !Object.hasOwn(cell, 'value') || (isRecord(cell.value) && Object.hasOwn(cell.value, 'value'))
}
