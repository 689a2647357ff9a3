import type { LookerField, LookerPivot, ResultHeader } from '../../../shared/columns.ts'
import { isRecord } from '../../../shared/is-record.ts'
import { lookerComplaint } from './looker-messages.ts'

/** What has been read of a result beside its rows; the values that are not used, such as `sql`, are not kept. */
export type HeaderReader = {
  /** A root member; the last one of a name counts. */
  add: (key: string, value: unknown) => void
  /** Can rows be read with what has come so far? In `json_detail` keys may stand after the data. */
  isComplete: () => boolean
  /** Null when the result has no `fields`. */
  read: () => ResultHeader | null
  /** See `lookerComplaint`. */
  complaint: () => string | null
}

const USED = ['fields', 'pivots', 'timezone', 'errors', 'sql_error']

export function createHeaderReader(): HeaderReader {
  const members = new Map<string, unknown>()

  function read(): ResultHeader | null {
    const fields = members.get('fields')
    if (!isRecord(fields)) return null
    const timezone = members.get('timezone')
    return {
      fields: {
        dimensions: readFields(fields.dimensions),
        measures: readFields(fields.measures),
        pivots: readFields(fields.pivots),
        table_calculations: readFields(fields.table_calculations),
      },
      pivots: listOf(members.get('pivots')).flatMap(readPivot),
      timezone: typeof timezone === 'string' && timezone !== '' ? timezone : null,
    }
  }

  return {
    add: (key, value) => {
      if (USED.includes(key)) members.set(key, value)
    },
    isComplete: () => {
      const header = read()
      if (header === null || !members.has('timezone')) return false
      return header.fields.pivots.length === 0 || members.has('pivots')
    },
    read,
    complaint: () => lookerComplaint(members.get('errors'), members.get('sql_error')),
  }
}

function readFields(list: unknown): LookerField[] {
  return listOf(list).flatMap((field) => {
    if (!isRecord(field) || typeof field.name !== 'string' || field.name === '') return []
    return {
      name: field.name,
      label: textOf(field.label),
      label_short: textOf(field.label_short),
      field_group_label: textOf(field.field_group_label),
      type: textOf(field.type),
      is_numeric: typeof field.is_numeric === 'boolean' ? field.is_numeric : null,
    }
  })
}

function readPivot(pivot: unknown): LookerPivot[] {
  if (!isRecord(pivot) || typeof pivot.key !== 'string') return []
  return [
    { key: pivot.key, is_total: pivot.is_total === true, data: isRecord(pivot.data) ? pivot.data : null },
  ]
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
