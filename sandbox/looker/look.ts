/** A field as a Look's result describes it: the keys that Looker writes and integrations read. */
export type LookField = {
  name: string
  label: string
  label_short?: string
  view_label?: string
  field_group_label?: string | null
  field_group_variant?: string
  type?: string
  category?: 'dimension' | 'measure'
  is_numeric?: boolean
  hidden?: boolean
  measure?: boolean
  tags?: string[]
  value_format?: string | null
  primary_key?: boolean
  dynamic?: boolean
  align?: 'left' | 'right'
  expression?: string
  /** False: the model says that times are not to be converted into the query's zone. */
  convert_tz?: boolean
}

/** An entry of the result's top-level `pivots`. */
export type LookPivot = {
  key: string
  is_total: boolean
  data: Record<string, string | null>
  metadata: Record<string, { value: string | null }>
  sort_values: Record<string, string | null>
}

/** What the database answered for one cell. A bigint is written with all its digits. */
export type LookValue = string | number | bigint | boolean | null

/** A plain cell, or for a pivoted measure the cells by pivot key. */
export type LookCell = LookValue | { [pivotKey: string]: LookValue }

/** Cells by field name. */
export type LookRow = Record<string, LookCell>

/** An entry of the result's `errors`, as Looker fills it when the query fails. */
type LookError = {
  message: string
  message_details: string
  params: string
  error_pos: string | null
  /** False: a mere note (seen in 26.14). */
  fatal?: boolean
}

/** A saved Look and what its query returns. Rows are generated anew, and alike, for every delivery. */
export type Look = {
  id: string
  title: string
  /** One sentence: what is in it and what should happen to it. */
  explanation: string
  fields: {
    dimensions: LookField[]
    measures: LookField[]
    pivots: LookField[]
    table_calculations: LookField[]
  }
  pivots?: LookPivot[]
  hasRowTotals?: boolean
  /** IANA name of the query's time zone. */
  timezone: string
  /** Columns that the Look's visualization hides; Looker sends them all the same. */
  hiddenFields?: string[]
  /** More of what the visualization is set to, such as `hidden_pivots`, as public LookML dashboards have it. */
  visConfig?: Record<string, unknown>
  errors?: LookError[]
  /** Members that Looker writes into the result instead of those it has otherwise, such as `truncated: true`. */
  says?: Record<string, unknown>
  /** The same, written after the rows. */
  saysAfterRows?: Record<string, unknown>
  /** The query fails in the middle: after so many rows comes one that is none, as in the plain JSON formats. */
  errorRow?: { afterRows: number; text: string }
  /** Of the Look itself, which deliveries keep to unless they send All Results; 500 if it has none. */
  rowLimit?: number
  rowCount: number
  rows: () => Iterable<LookRow>
  /** Rows as ready-made JSON text of the lite format, for Looks that measure how fast others are. */
  rowTexts?: () => Iterable<string>
  /** Seconds until the query answers, and milliseconds between the pieces after it. */
  slow?: { firstByteSeconds: number; pauseMilliseconds: number }
  /** Form parameters that suit it. */
  suggestedParams: Record<string, string>
}
