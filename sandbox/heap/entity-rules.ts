import type { MatchedBy, StandInEntity, StoredValue } from './heap-store.ts'
import { RuleBroken, readObject, readString } from './rule-broken.ts'

/** Reads one entity of a request with the request's `library`, or throws `RuleBroken`. */
export type EntityRules = (entity: unknown, library: string) => StandInEntity

/** "up to 255 characters" (Heap, `identity`). */
const MAX_KEY = 255

/** "fewer than 1024 characters" (Heap, property names and values). */
const MAX_PROPERTY = 1023

export function readUser(entity: unknown): StandInEntity {
  const { identity, properties } = readObject(entity, 'A user')
  return {
    key: readString(identity, 'identity', 1, MAX_KEY),
    matchedBy: { kind: 'key' },
    properties: readProperties(properties, 'properties', isPublicValue),
  }
}

export function readAccount(entity: unknown): StandInEntity {
  const { account_id: accountId, properties } = readObject(entity, 'An account')
  return {
    key: readString(accountId, 'account_id', 1, MAX_KEY),
    matchedBy: { kind: 'key' },
    properties: readProperties(properties, 'properties', isPublicValue),
  }
}

/** Where a user may be named: nobody was seen using another slot, least of all a custom property's name. */
const SLOTS = ['identity', 'anonymous_id', 'user_id', 'email']

/**
 * A user of the undocumented integrations endpoint, as strict as its two known clients. Heap's own action
 * (library `looker`) sends `properties`, which are strings ("this endpoint takes string properties only", an
 * engineer of Heap's); Segment (library `server`) sends `custom_properties` of plain values. Nobody was seen
 * sending both, nor two identifiers.
 */
export function readIntegrationUser(entity: unknown, library: string): StandInEntity {
  const user = readObject(entity, 'A user')
  const [identifier, ...more] = Object.entries(readObject(user.user_identifier, 'user_identifier'))
  if (!identifier || more.length > 0) throw new RuleBroken('user_identifier must have exactly one entry')
  const [slot, value] = identifier
  if (!SLOTS.includes(slot)) throw new RuleBroken(`user_identifier must be one of ${SLOTS.join(', ')}`)
  const [sent, other] =
    library === 'looker' ? ['properties', 'custom_properties'] : ['custom_properties', 'properties']
  if (user[other] !== undefined) throw new RuleBroken(`${other} are not for the library ${library}`)
  return {
    key: readString(value, 'user_identifier', 1, MAX_KEY),
    matchedBy: matchedBy(slot, library),
    properties: readProperties(user[sent], sent, library === 'looker' ? isString : isPlainValue),
  }
}

/** Heap's own action puts every key into the slot `email`, whatever it is: the set-up says what it means. */
function matchedBy(slot: string, library: string): MatchedBy {
  if (slot === 'identity') return { kind: 'key' }
  return slot === 'email' && library === 'looker' ? { kind: 'set_up' } : { kind: 'property', name: slot }
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
