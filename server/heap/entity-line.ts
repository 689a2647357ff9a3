import { isRecord } from '../../shared/is-record.ts'
import type { PropertyValue } from '../../shared/property-value.ts'
import type { HeapTarget } from './heap-target.ts'

export type EntityWriter = (joinKey: string, values: readonly PropertyValue[]) => string

/**
 * Makes the function that writes an entity as one line of JSON, ready to stand in a bulk request. It is
 * called for every row of a Look, so names are turned into JSON once and objects are never built: about a
 * microsecond for seven properties, and `__proto__` is a property name like any other.
 *
 * Values stand in the order of `propertyNames`; `undefined` and what JSON cannot hold (NaN, infinities) is
 * left out.
 *
 * For a join property each user carries its properties twice, because it is unknown which of the two Heap
 * reads today: `properties` with all values as strings, as Heap's own Looker action sent them, and
 * `custom_properties` with typed values, as Segment sends them since 2026.
 */
export function createEntityWriter(target: HeapTarget, propertyNames: readonly string[]): EntityWriter {
  const names = propertyNames.map((name) => `${JSON.stringify(name)}:`)
  const { joinProperty } = target
  if (joinProperty !== null && target.propertyType === 'user') {
    const head = `{"user_identifier":{${JSON.stringify(joinProperty)}:`
    return (joinKey, values) =>
      `${head}${JSON.stringify(joinKey)}},"properties":{${writeMembers(names, values, writeAsString)}},"custom_properties":{${writeMembers(names, values, writeTyped)}}}`
  }
  const head = target.propertyType === 'account' ? '{"account_id":' : '{"identity":'
  return (joinKey, values) =>
    `${head}${JSON.stringify(joinKey)},"properties":{${writeMembers(names, values, writeTyped)}}}`
}

/** What a line says: whose properties it sets, and which. */
export type Entity = { key: string; names: string[] }

/** Reads a line; throws a SyntaxError or TypeError when it is not one of this target. */
export function readEntity(target: HeapTarget, line: string): Entity {
  const entity: unknown = JSON.parse(line)
  const key = isRecord(entity) ? readKey(target, entity) : undefined
  if (!isRecord(entity) || typeof key !== 'string') throw new TypeError('An entity line has no join key.')
  return { key, names: isRecord(entity.properties) ? Object.keys(entity.properties) : [] }
}

/** The join key of a line; throws like `readEntity`. */
export function readEntityKey(target: HeapTarget, line: string): string {
  return readEntity(target, line).key
}

function readKey(target: HeapTarget, entity: Record<string, unknown>): unknown {
  if (target.propertyType === 'account') return entity.account_id
  if (target.joinProperty === null) return entity.identity
  return isRecord(entity.user_identifier) ? Object.values(entity.user_identifier)[0] : undefined
}

function writeMembers(
  names: readonly string[],
  values: readonly PropertyValue[],
  write: (value: string | number) => string,
): string {
  let members = ''
  for (let index = 0; index < names.length; index += 1) {
    const value = values[index]
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) continue
    members += (members === '' ? '' : ',') + names[index] + write(value)
  }
  return members
}

function writeTyped(value: string | number): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

function writeAsString(value: string | number): string {
  return typeof value === 'string' ? JSON.stringify(value) : `"${value}"`
}
