import type { Column, LookerField, LookerPivot, ResultHeader } from '../looker-result/columns.ts'

/** A column of which a test says only what it is about. */
export function aColumn(given: Partial<Column> & { name: string }): Column {
  const label = given.label ?? given.name
  return {
    label,
    shortLabel: label,
    groupLabel: null,
    type: 'string',
    isConverted: true,
    hidden: false,
    pivot: null,
    ...given,
  }
}

/** The head of a result of which a test says only what it is about. */
export function aHeader(given: {
  dimensions?: LookerField[]
  measures?: LookerField[]
  pivotFields?: LookerField[]
  table_calculations?: LookerField[]
  pivots?: LookerPivot[]
}): ResultHeader {
  const { dimensions = [], measures = [], pivotFields = [], table_calculations = [], pivots = [] } = given
  return {
    fields: { dimensions, measures, pivots: pivotFields, table_calculations },
    pivots,
    timezone: 'UTC',
  }
}
