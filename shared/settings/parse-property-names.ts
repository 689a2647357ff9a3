import { isRecord } from '../is-record.ts'
import type { PropertyNames } from '../rows/property-plan.ts'
import { NO_PROPERTY_NAMES } from '../rows/property-plan.ts'
import type { Parsed } from './parsed.ts'

const ERROR =
  'Property names must be JSON like {"rename":{"users.email":"email"},"exclude":["users.phone"]}, by column name. Empty it, or set the sync up anew in the extension.'

/** Reads the JSON that renames and leaves out columns; an empty text changes nothing. */
export function parsePropertyNames(text: string): Parsed<PropertyNames> {
  if (text === '') return { value: NO_PROPERTY_NAMES }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { error: ERROR }
  }
  if (!isRecord(json)) return { error: ERROR }
  const { rename = {}, exclude = [] } = json
  if (!isRecord(rename) || !Object.values(rename).every((name) => typeof name === 'string')) {
    return { error: ERROR }
  }
  if (!Array.isArray(exclude) || !exclude.every((name) => typeof name === 'string')) return { error: ERROR }
  return { value: { rename: rename as Record<string, string>, exclude } }
}
