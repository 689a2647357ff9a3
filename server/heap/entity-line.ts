import { isRecord } from '../../shared/is-record.ts'
import type { MappedValue } from '../../shared/rows/row-mapper.ts'
import type { HeapTarget } from './heap-target.ts'

export type EntityWriter = (joinKey: string, values: readonly MappedValue[]) => string

/**
 * Makes the function that writes an entity as one line of JSON, ready to stand in a bulk request. It is
 * called for every row of a Look, so names are turned into JSON once and objects are never built: about a
 * microsecond for seven properties, and `__proto__` is a property name like any other.
 *
 * Values stand in the order of `propertyNames`; `undefined` and what JSON cannot hold (NaN, infinities) is
 * left out. So is `null`, an empty cell, unless there is a text for it.
 *
 * In the manner of Heap's own action every value is a text, and the key of users stands in the slot `email`
 * whatever it is: which user property it is compared with is chosen in Heap (heap/actions; nobody was seen
 * sending another name there).
 *
 * @param emptyValue what an empty cell becomes; an empty text: it is left out
 */
export function createEntityWriter(
  target: HeapTarget,
  propertyNames: readonly string[],
  emptyValue = '',
): EntityWriter {
  const names = propertyNames.map((name) => `${JSON.stringify(name)}:`)
  const { beforeKey, afterKey, writeValue } = lineParts(target)
  const empty = emptyValue === '' ? undefined : emptyValue
  return (joinKey, values) =>
    `${beforeKey}${JSON.stringify(joinKey)}${afterKey}{${writeMembers(names, values, empty, writeValue)}}}`
}

/** The parts of a line, for who writes it as bytes. */
export function lineParts(target: HeapTarget) {
  const [beforeKey, afterKey] = aroundKey(target)
  const writeValue = target.manner === 'heap_action' ? writeAsString : writeTyped
  return { beforeKey, afterKey: `${afterKey},"properties":`, writeValue }
}

function aroundKey({ propertyType, manner }: HeapTarget): [before: string, after: string] {
  if (propertyType === 'account') return ['{"account_id":', '']
  return manner === 'heap_action' ? ['{"user_identifier":{"email":', '}'] : ['{"identity":', '']
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
  if (target.manner === 'documented') return entity.identity
  // The one slot: a batch that the first release stored may name it otherwise.
  return isRecord(entity.user_identifier) ? Object.values(entity.user_identifier)[0] : undefined
}

function writeMembers(
  names: readonly string[],
  values: readonly MappedValue[],
  empty: string | undefined,
  write: (value: string | number) => string,
): string {
  let members = ''
  for (let index = 0; index < names.length; index += 1) {
    const value = values[index] ?? (values[index] === null ? empty : undefined)
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
