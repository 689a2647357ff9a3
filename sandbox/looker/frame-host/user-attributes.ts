import type { LookerUser } from '../api/users.ts'

/** A user attribute as an admin has created it; the keys are those of Looker's API. */
export type UserAttribute = {
  id: string
  name: string
  label: string
  type: string
  default_value: string | null
  value_is_hidden: boolean
  user_can_view: boolean
  user_can_edit: boolean
  /** URL patterns that a hidden value may be sent to; it cannot be changed once set (documented by Looker). */
  hidden_value_domain_whitelist: string[]
  /** Looker's own, with a value from the user's account. */
  is_system: boolean
}

type NewAttribute = Pick<UserAttribute, 'name'> & Partial<UserAttribute>

export type UserAttributes = ReturnType<typeof createUserAttributes>

const SYSTEM: Record<string, (user: LookerUser) => string> = {
  locale: ({ locale }) => locale,
  email: ({ firstName }) => `${firstName.toLowerCase()}@example.com`,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  id: ({ id }) => id,
}

/** The user attributes of an instance: their definitions, and the values of single users. */
export function createUserAttributes() {
  const attributes = new Map<string, UserAttribute>()
  const values = new Map<string, string>()
  const keyOf = (user: LookerUser, name: string) => `${user.id} ${name}`

  let lastId = 0

  function define(attribute: NewAttribute): UserAttribute {
    lastId += 1
    const defined: UserAttribute = {
      id: String(lastId),
      label: attribute.name,
      type: 'string',
      default_value: null,
      value_is_hidden: false,
      user_can_view: true,
      user_can_edit: true,
      hidden_value_domain_whitelist: [],
      is_system: false,
      ...attribute,
    }
    attributes.set(attribute.name, defined)
    return defined
  }
  for (const name of Object.keys(SYSTEM)) define({ name, is_system: true, user_can_edit: false })

  return {
    all: (): readonly UserAttribute[] => [...attributes.values()],
    findById: (id: string): UserAttribute | undefined =>
      [...attributes.values()].find((attribute) => attribute.id === id),
    find: (name: string): UserAttribute | undefined => attributes.get(name),
    define,
    remove: (name: string): boolean => attributes.delete(name),
    valueOf(user: LookerUser, name: string): string | null {
      const attribute = attributes.get(name)
      if (!attribute) return null
      const system = attribute.is_system ? SYSTEM[name]?.(user) : undefined
      return system ?? values.get(keyOf(user, name)) ?? attribute.default_value
    },
    setValue: (user: LookerUser, name: string, value: string) => values.set(keyOf(user, name), value),
    resetValue: (user: LookerUser, name: string) => values.delete(keyOf(user, name)),
  }
}

/**
 * The name on the instance of an extension's own attribute: `my-project::my-app` and `key` make
 * `my_project_my_app_key` (documented by Looker).
 */
export function scopedName(extensionId: string, key: string): string {
  return `${extensionId.replaceAll(/::|-/g, '_')}_${key}`
}
