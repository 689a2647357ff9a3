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
  /** False: times are the database's clock, not converted into the query's zone (documented for the API's fields). */
  convert_tz?: boolean | null
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
  /** Are times in it in the query's time zone? Looker converts them unless the model says not to. */
  isConverted: boolean
  /** Hidden in the visualization: its values arrive all the same, and are not imported. */
  hidden: boolean
  /** Set for a pivoted column: where its cell stands below the row's cell, and what it is called. */
  pivot: { key: string; label: string } | null
}

/** Looker's key for the total across all pivot values (seen in Looker's reference hub). */
export const ROW_TOTAL_KEY = '$$$_row_total_$$$'

/** Looker joins the values of several pivots with this in the key (inferred from the same place). */
const PIVOT_KEY_SEPARATOR = '|FIELD|'

/** The part of a key that stands for null: `users.tier___null` (seen in public dashboards). */
const NULL_PIVOT_KEY = /^\w+\.\w+___null$/

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
    isConverted: field.convert_tz !== false,
    hidden: hidden.has(field.name),
    pivot: null,
  }
}

/**
 * The columns of a result in Looker's order: dimensions, measures, table calculations. Pivot dimensions are
 * not columns themselves. Which columns are pivoted only the rows tell: see `createRowLayout`.
 *
 * @param hiddenFields names from `scheduled_plan.query.vis_config.hidden_fields`
 */
export function readColumns(header: ResultHeader, hiddenFields: Iterable<string>): Column[] {
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
  const parts = known
    ? values
    : key.split(PIVOT_KEY_SEPARATOR).map((part) => (NULL_PIVOT_KEY.test(part) ? null : part))
  return parts.map((part) => (part === null ? NULL_PIVOT_LABEL : String(part))).join(', ')
}

function isPivotValue(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/**
 * One column per pivot value instead of one that was seen to be pivoted; see `createRowLayout`.
 *
 * @param header with all pivot values, those that only rows tell of among them
 */
export function pivotColumns(
  column: Column,
  header: ResultHeader,
  isHidden: (pivot: LookerPivot) => boolean,
): Column[] {
  return header.pivots.map((pivot) => {
    const label = pivotLabel(pivot.key, header, pivot)
    return {
      ...column,
      label: `${column.label} - ${label}`,
      hidden: column.hidden || isHidden(pivot),
      pivot: { key: pivot.key, label },
    }
  })
}
