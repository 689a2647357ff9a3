import type { Look } from '../../looker/look.ts'
import { dimension, measure, pivot } from '../../looker/look-fields.ts'
import { columnsOf, keyField, pivotValues } from './bench-columns.ts'

/** What a Look of the benchmark is like. Rows are numbered from 0, and the number stands in the join key. */
export type BenchLook = {
  rows: number
  /** With the join key, but at least one besides it. */
  columns: number
  /** `dirty`: 14 % of the cells of every row have escapes or characters beyond ASCII, or are times. */
  cells: 'clean' | 'dirty'
  /** `pivoted`: the cells besides the join key are those of one measure, by pivot value. */
  shape: 'plain' | 'pivoted'
  /** Of a plain Look: every so manyth row has other values than usual. */
  changedEvery?: number
}

export const PLAIN_LOOK: BenchLook = { rows: 1_000_000, columns: 8, cells: 'clean', shape: 'plain' }

/** Its clocks change on 29 March 2026, within the month that times are of. */
const TIMEZONE = 'Europe/Berlin'

const PIVOT = 'orders.shop'

/** Field name of the one measure of a pivoted Look. */
export const PIVOTED_MEASURE = 'orders.count'

/** The label by which a delivery names the join key. */
export const JOIN_KEY_LABEL = keyField.label

/** The head and the fields of the Look; its rows are bytes, see `rowBlocks`. */
export function lookOf(look: BenchLook, id: string): Look {
  return {
    id,
    title: `${look.rows.toLocaleString('en-US')} rows`,
    explanation: '',
    ...(look.shape === 'plain' ? plainFields(look) : pivotedFields(look)),
    timezone: TIMEZONE,
    rowCount: look.rows,
    rows: () => [],
    suggestedParams: {},
  }
}

function plainFields(look: BenchLook): Pick<Look, 'fields'> {
  const fields = columnsOf(look).map(({ field }) => field)
  return {
    fields: {
      dimensions: [keyField, ...fields.filter((field) => !field.measure)],
      measures: fields.filter((field) => field.measure),
      pivots: [],
      table_calculations: [],
    },
  }
}

function pivotedFields(look: BenchLook): Pick<Look, 'fields' | 'pivots'> {
  return {
    fields: {
      dimensions: [keyField],
      measures: [measure(PIVOTED_MEASURE, 'Orders', 'Count', { type: 'count' })],
      pivots: [dimension(PIVOT, 'Orders', 'Shop')],
      table_calculations: [],
    },
    pivots: pivotValues(look).map((value) => pivot(PIVOT, value)),
  }
}
