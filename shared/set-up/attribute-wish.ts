import { attributeName } from './attribute-name.ts'
import { extensionId, SECRET_KEY, SERVER_URL_ATTRIBUTE, secretAllowlist } from './installed-names.ts'

/** A user attribute as it must stand in Looker; the keys are those of Looker's API. */
export type AttributeWish = {
  name: string
  label: string
  type: 'string'
  value_is_hidden: boolean
  user_can_view: boolean
  user_can_edit: boolean
  /** URL patterns with commas between them; null: the value is not hidden. */
  hidden_value_domain_whitelist: string | null
}

/** What is read of an attribute that is there. */
export type AttributeFound = { id: string } & {
  [Key in keyof AttributeWish]?: AttributeWish[Key] | string | null | undefined
}

/** The hidden attribute with the secret of the extension. */
export function secretWish(project: string, serverUrl: string): AttributeWish {
  return {
    name: attributeName(extensionId(project), SECRET_KEY),
    label: 'Heap Data Import: secret of the extension',
    type: 'string',
    value_is_hidden: true,
    // Whether Looker fills in a hidden value that a user may not view is not published, so they may; it stays hidden.
    user_can_view: true,
    user_can_edit: false,
    hidden_value_domain_whitelist: secretAllowlist(serverUrl),
  }
}

/** The attribute that tells the extension where the action server is; anybody may know it. */
export function addressWish(project: string): AttributeWish {
  return {
    name: attributeName(extensionId(project), SERVER_URL_ATTRIBUTE),
    label: 'Heap Data Import: address of the action server',
    type: 'string',
    value_is_hidden: false,
    user_can_view: true,
    user_can_edit: false,
    hidden_value_domain_whitelist: null,
  }
}

/** What of an attribute is not as it must be. */
export type AttributeFault = 'type' | 'hidden' | 'editable' | 'not_viewable' | 'allowlist'

export function attributeFaults(found: AttributeFound, wish: AttributeWish): AttributeFault[] {
  const faults: [AttributeFault, boolean][] = [
    ['type', (found.type ?? 'string') !== wish.type],
    ['hidden', (found.value_is_hidden ?? false) !== wish.value_is_hidden],
    ['editable', (found.user_can_edit ?? false) !== wish.user_can_edit],
    ['not_viewable', (found.user_can_view ?? true) !== wish.user_can_view],
    [
      'allowlist',
      listOf(found.hidden_value_domain_whitelist).join() !==
        listOf(wish.hidden_value_domain_whitelist).join(),
    ],
  ]
  return faults.filter(([, isWrong]) => isWrong).map(([fault]) => fault)
}

/** Looker cannot change these of an attribute once it has them: it has to be made anew. */
export function needsNewAttribute(faults: readonly AttributeFault[]): boolean {
  return faults.some((fault) => fault === 'allowlist' || fault === 'type' || fault === 'hidden')
}

function listOf(value: string | boolean | null | undefined): string[] {
  return typeof value === 'string'
    ? value
        .split(',')
        .map((pattern) => pattern.trim().replace(/\/+$/, ''))
        .filter((pattern) => pattern !== '')
        .sort()
    : []
}
