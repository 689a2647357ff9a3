import { isRecord } from '../../shared/is-record.ts'

/** The keywords that the schemas of the API are written with; all others are errors of the programmer. */
const KNOWN = [
  'type',
  'properties',
  'required',
  'items',
  'anyOf',
  'const',
  'enum',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'additionalProperties',
  'description',
  'title',
  'default',
  'examples',
  'format',
  '$id',
]

/**
 * Does an answer have the shape that a schema of `shared/api` tells? A few lines instead of typebox's own
 * check, which would weigh more than all pages that need it; a test holds that both say the same. Bounds of numbers,
 * lengths and formats are the server's matter and not looked at; members that nobody told of are let be, as a newer server has more of them.
 *
 * @throws Error for a schema with keywords that this does not know
 */
export function fitsSchema(schema: unknown, value: unknown): boolean {
  if (!isRecord(schema)) throw new Error('no schema')
  for (const keyword of Object.keys(schema)) {
    if (!KNOWN.includes(keyword)) throw new Error(`unknown keyword ${keyword}`)
  }
  if (Array.isArray(schema.anyOf)) return schema.anyOf.some((one) => fitsSchema(one, value))
  if (Object.hasOwn(schema, 'const')) return value === schema.const
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  switch (schema.type) {
    case undefined:
      return true
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'string':
    case 'boolean':
      return typeof value === schema.type
    case 'array':
      return Array.isArray(value) && value.every((entry) => fitsSchema(schema.items ?? {}, entry))
    case 'object':
      return isRecord(value) && fitsObject(schema, value)
    default:
      throw new Error(`unknown type ${String(schema.type)}`)
  }
}

function fitsObject(schema: Record<string, unknown>, value: Record<string, unknown>): boolean {
  const required = Array.isArray(schema.required) ? schema.required : []
  if (!required.every((name) => Object.hasOwn(value, name))) return false
  return Object.entries(isRecord(schema.properties) ? schema.properties : {}).every(
    ([name, one]) => value[name] === undefined || fitsSchema(one, value[name]),
  )
}
