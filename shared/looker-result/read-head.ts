import { isRecord } from '../is-record.ts'
import type { Remark } from '../report/remark.ts'
import { warning } from '../report/remark.ts'
import { countOf, quoteList } from '../text/text-list.ts'
import type { LookerField, LookerPivot, ResultHeader } from './columns.ts'

const GROUPS = ['dimensions', 'measures', 'pivots', 'table_calculations'] as const

/** Members of a field that are texts, and those that are yes or no; any may be missing or null. */
const FIELD_TEXTS = ['label', 'label_short', 'field_group_label', 'type'] as const
const FIELD_FLAGS = ['is_numeric', 'convert_tz'] as const

export type HeadReading =
  | { kind: 'read'; header: ResultHeader; remarks: Remark[] }
  /** There is no `fields`, or it is not what both detail formats have there. */
  | { kind: 'failed'; reason: 'missing' | 'unknown' }

/** Reads the columns of a result from its root members `fields`, `pivots` and `timezone`. */
export function readHead(members: ReadonlyMap<string, unknown>): HeadReading {
  const fields = members.get('fields')
  if (fields === undefined || fields === null) return { kind: 'failed', reason: 'missing' }
  if (!isRecord(fields) || GROUPS.some((group) => !isListOrNothing(fields[group]))) {
    return { kind: 'failed', reason: 'unknown' }
  }
  const remarks: Remark[] = []
  const timezone = members.get('timezone')
  const header: ResultHeader = {
    fields: {
      dimensions: readFields(fields.dimensions, remarks),
      measures: readFields(fields.measures, remarks),
      pivots: readFields(fields.pivots, remarks),
      table_calculations: readFields(fields.table_calculations, remarks),
    },
    pivots: readPivots(members.get('pivots'), remarks),
    timezone: typeof timezone === 'string' && timezone !== '' ? timezone : null,
  }
  return { kind: 'read', header, remarks }
}

function isListOrNothing(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value)
}

function readFields(list: unknown, remarks: Remark[]): LookerField[] {
  const entries = listOf(list)
  const named = entries.filter(hasName)
  const unnamed = entries.length - named.length
  if (unnamed > 0) {
    remarks.push(
      warning(
        'unknown_field',
        `Looker describes ${countOf(unnamed, 'column')} of the result without a name; nothing of ${unnamed === 1 ? 'it' : 'them'} was imported. Tell your Looker administrator.`,
        unnamed,
      ),
    )
  }
  const odd = named.filter(isOdd).map(({ name }) => name)
  if (odd.length > 0) {
    remarks.push(
      warning(
        'unknown_field',
        `Looker describes columns in a way that this server does not know, so that labels or types may be wrong: ${quoteList(odd, 5)}. Check their properties in Heap.`,
        odd.length,
      ),
    )
  }
  return named.map((field) => ({
    name: field.name,
    label: textOf(field.label),
    label_short: textOf(field.label_short),
    field_group_label: textOf(field.field_group_label),
    type: textOf(field.type),
    is_numeric: typeof field.is_numeric === 'boolean' ? field.is_numeric : null,
    convert_tz: typeof field.convert_tz === 'boolean' ? field.convert_tz : null,
  }))
}

type NamedField = Record<string, unknown> & { name: string }

function hasName(field: unknown): field is NamedField {
  return isRecord(field) && typeof field.name === 'string' && field.name !== ''
}

function isOdd(field: NamedField): boolean {
  const isNothing = (value: unknown) => value === undefined || value === null
  return (
    FIELD_TEXTS.some((key) => !isNothing(field[key]) && typeof field[key] !== 'string') ||
    FIELD_FLAGS.some((key) => !isNothing(field[key]) && typeof field[key] !== 'boolean')
  )
}

function readPivots(value: unknown, remarks: Remark[]): LookerPivot[] {
  const entries = listOf(value)
  const known = entries.flatMap((pivot): LookerPivot[] => {
    if (!isRecord(pivot) || typeof pivot.key !== 'string') return []
    const data = isRecord(pivot.data) ? pivot.data : null
    return [{ key: pivot.key, is_total: pivot.is_total === true, data }]
  })
  if (known.length < entries.length || !isListOrNothing(value)) {
    remarks.push(
      warning(
        'unknown_field',
        'Looker describes the values that the Look is pivoted by in a way that this server does not know, so that the columns may have other names than in Looker. Check their properties in Heap.',
      ),
    )
  }
  return known
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
