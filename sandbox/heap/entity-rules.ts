import type { StandInEntity, StoredValue } from './heap-store.ts'
import { RuleBroken, readObject, readString } from './rule-broken.ts'

/** Reads one entity of a request, or throws `RuleBroken`. */
export type EntityRules = (entity: unknown) => StandInEntity

/** "up to 255 characters" (Heap, `identity`). */
const MAX_KEY = 255

/** "fewer than 1024 characters" (Heap, property names and values). */
const MAX_PROPERTY = 1023

export function readUser(entity: unknown): StandInEntity {
  const { identity, properties } = readObject(entity, 'A user')
  return {
    key: readString(identity, 'identity', 1, MAX_KEY),
    joinProperty: null,
    properties: readProperties(properties, 'properties', isPublicValue),
  }
}

export function readAccount(entity: unknown): StandInEntity {
  const { account_id: accountId, properties } = readObject(entity, 'An account')
  return {
    key: readString(accountId, 'account_id', 1, MAX_KEY),
    joinProperty: null,
    properties: readProperties(properties, 'properties', isPublicValue),
  }
}

/**
 * A user of the undocumented integrations endpoint, as strict as its two known clients: `properties` are
 * strings (Heap's Looker action), `custom_properties` any plain value (Segment). Given both, the latter win.
 */
export function readIntegrationUser(entity: unknown): StandInEntity {
  const user = readObject(entity, 'A user')
  const [identifier, ...more] = Object.entries(readObject(user.user_identifier, 'user_identifier'))
  if (!identifier || more.length > 0) throw new RuleBroken('user_identifier must have exactly one entry')
  const [joinProperty, value] = identifier
  const strings = readProperties(user.properties, 'properties', isString)
  const typed = readProperties(user.custom_properties, 'custom_properties', isPlainValue)
  return {
    key: readString(value, 'user_identifier', 1, MAX_KEY),
    joinProperty: joinProperty === 'identity' ? null : joinProperty,
    properties: new Map([...strings, ...typed]),
  }
}

function readProperties(
  properties: unknown,
  what: string,
  isAllowed: (value: unknown) => value is StoredValue,
): Map<string, StoredValue> {
  const read = new Map<string, StoredValue>()
  if (properties === undefined) return read
  for (const [name, value] of Object.entries(readObject(properties, what))) {
    readString(name, 'A property name', 1, MAX_PROPERTY)
    if (name.toLowerCase() === 'id' || name === 'user_id')
      throw new RuleBroken(`"${name}" is a reserved name`)
    if (!isAllowed(value)) throw new RuleBroken(`The value of "${name}" in ${what} has the wrong type`)
    if (typeof value === 'string') readString(value, `The value of "${name}"`, 0, MAX_PROPERTY)
    read.set(name, value)
  }
  return read
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isPublicValue(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}

function isPlainValue(value: unknown): value is StoredValue {
  return isPublicValue(value) || typeof value === 'boolean' || value === null
}
