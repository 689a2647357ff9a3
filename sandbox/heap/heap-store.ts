import type { HeapSetUp } from './heap-set-up.ts'

export type StoredValue = string | number | boolean | null

/**
 * What the key of an entity is: the account ID or identity it is kept under, a value of the property chosen
 * in Heap's set-up of Looker Data Import, or a value of a property that the request names.
 */
export type MatchedBy = { kind: 'key' } | { kind: 'set_up' } | { kind: 'property'; name: string }

/** One user or account of a valid request. */
export type StandInEntity = {
  key: string
  matchedBy: MatchedBy
  properties: ReadonlyMap<string, StoredValue>
}

export type StoredProperties = Record<string, StoredValue>

/** Somebody whom the product has identified, before any import. */
export type KnownUser = { environmentId: string; identity: string; properties?: StoredProperties }

/** What Heap knows of one environment. */
type Environment = {
  users: Map<string, StoredProperties>
  accounts: Map<string, StoredProperties>
  /** Keys of the users whom the product has identified; all others are ghosts. */
  identified: Set<string>
  /** Entities whose key no user had, which made no user. */
  ignored: number
  /** Property -> its value -> the key of the first user who had it: built when a request joins on it. */
  usersBy: Map<string, Map<string, string>>
}

export type HeapStore = ReturnType<typeof createHeapStore>

/**
 * Users and accounts by environment, with Heap's upserts: an unknown key becomes a new entity, known
 * properties are overwritten, the others stay.
 *
 * A user whom an import made is a ghost: nobody with events, until the product identifies somebody so. One
 * who was looked for by a property that nobody has is a ghost without identity, kept under the key
 * `<property>=<value>`; or there is none, as the set-up says.
 */
export function createHeapStore(setUp: () => HeapSetUp) {
  const environments = new Map<string, Environment>()

  function environment(id: string): Environment {
    const known = environments.get(id)
    if (known) return known
    const created: Environment = {
      users: new Map(),
      accounts: new Map(),
      identified: new Set(),
      ignored: 0,
      usersBy: new Map(),
    }
    environments.set(id, created)
    return created
  }

  return {
    upsert(
      environmentId: string,
      propertyType: 'user' | 'account',
      entities: readonly StandInEntity[],
    ): void {
      const target = environment(environmentId)
      for (const entity of entities) {
        if (propertyType === 'account') write(target.accounts, entity.key, entity.properties)
        else upsertUser(target, entity, setUp())
      }
    },
    /** What the product does with `heap.identify` and `heap.addUserProperties`. */
    identify({ environmentId, identity, properties = {} }: KnownUser): void {
      const target = environment(environmentId)
      writeUser(target, identity, new Map(Object.entries(properties)))
      target.identified.add(identity)
    },
    users: (environmentId: string): ReadonlyMap<string, StoredProperties> =>
      environments.get(environmentId)?.users ?? new Map<string, StoredProperties>(),
    accounts: (environmentId: string): ReadonlyMap<string, StoredProperties> =>
      environments.get(environmentId)?.accounts ?? new Map<string, StoredProperties>(),
    isGhost: (environmentId: string, key: string): boolean => {
      const target = environments.get(environmentId)
      return target?.users.has(key) === true && !target.identified.has(key)
    },
    environments: () =>
      [...environments].map(([id, { users, accounts, identified, ignored }]) => ({
        id,
        users: users.size,
        /** Of the users. */
        ghosts: users.size - identified.size,
        accounts: accounts.size,
        ignored,
      })),
    clear: () => environments.clear(),
  }
}

function upsertUser(target: Environment, entity: StandInEntity, setUp: HeapSetUp): void {
  const { key, matchedBy, properties } = entity
  if (matchedBy.kind === 'key') {
    writeUser(target, key, properties)
    return
  }
  const property = matchedBy.kind === 'set_up' ? setUp.matchProperty : matchedBy.name
  const found = findUser(target, property, key)
  if (found === undefined && setUp.unknownKeys === 'ignore') {
    target.ignored += 1
    return
  }
  const userKey = found ?? (property === 'identity' ? key : `${property}=${key}`)
  const user = writeUser(target, userKey, properties)
  if (property === 'identity' || Object.hasOwn(user, property)) return
  user[property] = key
  index(target, userKey, user)
}

function writeUser(
  target: Environment,
  key: string,
  properties: ReadonlyMap<string, StoredValue>,
): StoredProperties {
  const user = write(target.users, key, properties)
  index(target, key, user)
  return user
}

function findUser(target: Environment, property: string, value: string): string | undefined {
  // Heap's own property: it is what its users are known by.
  if (property === 'identity') return target.users.has(value) ? value : undefined
  const has = (key: string | undefined) =>
    key !== undefined && String(target.users.get(key)?.[property]) === value
  const key = target.usersBy.get(property)?.get(value)
  if (key === undefined && target.usersBy.has(property)) return undefined
  if (has(key)) return key
  // There is no index yet, or the user has another value by now and somebody else may have this one.
  const keys = new Map<string, string>()
  for (const [userKey, user] of target.users) addToIndex(keys, userKey, user[property])
  target.usersBy.set(property, keys)
  return keys.get(value)
}

function index(target: Environment, userKey: string, user: StoredProperties): void {
  for (const [property, keys] of target.usersBy) addToIndex(keys, userKey, user[property])
}

function addToIndex(keys: Map<string, string>, key: string, value: StoredValue | undefined): void {
  if (value !== undefined && !keys.has(String(value))) keys.set(String(value), key)
}

function write(
  entities: Map<string, StoredProperties>,
  key: string,
  properties: ReadonlyMap<string, StoredValue>,
): StoredProperties {
  // Without a prototype, so that `__proto__` is a property like any other.
  const entity: StoredProperties = entities.get(key) ?? Object.create(null)
  for (const [name, value] of properties) entity[name] = value
  entities.set(key, entity)
  return entity
}
