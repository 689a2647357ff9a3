export type StoredValue = string | number | boolean | null

/** One user or account of a valid request. */
export type StandInEntity = {
  key: string
  /** The user property that `key` is a value of; null: identity or account ID. */
  joinProperty: string | null
  properties: ReadonlyMap<string, StoredValue>
}

export type StoredProperties = Record<string, StoredValue>

/** What Heap knows of one environment. */
type Environment = {
  users: Map<string, StoredProperties>
  accounts: Map<string, StoredProperties>
  /** Property -> its value -> the key of the first user who had it: built when a request joins on it. */
  usersBy: Map<string, Map<string, string>>
}

export type HeapStore = ReturnType<typeof createHeapStore>

/**
 * Users and accounts by environment, with Heap's upserts: an unknown key becomes a new entity, known
 * properties are overwritten, the others stay. A user who is looked for by a property that nobody has
 * becomes a ghost: a user without identity, kept under the key `<property>=<value>`.
 */
export function createHeapStore() {
  const environments = new Map<string, Environment>()

  function environment(id: string): Environment {
    const known = environments.get(id)
    if (known) return known
    const created: Environment = { users: new Map(), accounts: new Map(), usersBy: new Map() }
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
        else upsertUser(target, entity)
      }
    },
    users: (environmentId: string): ReadonlyMap<string, StoredProperties> =>
      environments.get(environmentId)?.users ?? new Map<string, StoredProperties>(),
    accounts: (environmentId: string): ReadonlyMap<string, StoredProperties> =>
      environments.get(environmentId)?.accounts ?? new Map<string, StoredProperties>(),
    environments: () =>
      [...environments].map(([id, { users, accounts }]) => ({
        id,
        users: users.size,
        accounts: accounts.size,
      })),
    clear: () => environments.clear(),
  }
}

function upsertUser(target: Environment, { key, joinProperty, properties }: StandInEntity): void {
  const userKey = joinProperty === null ? key : findUser(target, joinProperty, key)
  const user = write(target.users, userKey, properties)
  if (joinProperty !== null && !Object.hasOwn(user, joinProperty)) user[joinProperty] = key
  for (const [property, index] of target.usersBy) addToIndex(index, userKey, user[property])
}

/** Values of an index may be outdated, so a hit counts only if the user has the value still. */
function findUser(target: Environment, property: string, value: string): string {
  let index = target.usersBy.get(property)
  if (!index) {
    index = new Map()
    for (const [key, user] of target.users) addToIndex(index, key, user[property])
    target.usersBy.set(property, index)
  }
  const key = index.get(value)
  const found = key !== undefined && String(target.users.get(key)?.[property]) === value
  return found ? key : `${property}=${value}`
}

function addToIndex(index: Map<string, string>, key: string, value: StoredValue | undefined): void {
  if (value !== undefined && !index.has(String(value))) index.set(String(value), key)
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
