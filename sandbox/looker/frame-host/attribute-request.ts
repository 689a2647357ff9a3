import type { LookerInstance } from '../api/instance.ts'
import type { LookerUser } from '../api/users.ts'
import { NO_ENTITLEMENTS } from './entitlements.ts'
import type { AttributeRequest } from './extension-requests.ts'
import type { HostUnknowns } from './host-unknowns.ts'
import type { ExtensionManifest } from './manifest/read-application.ts'
import { scopedName } from './user-attributes.ts'

/**
 * Answers an extension's request for a user attribute of the current user. Own attributes go by a short
 * name; global ones are read-only; one that does not exist is an error (all documented by Looker). A hidden
 * value cannot be read; how that is answered is unknown.
 *
 * @throws Error with texts of our own, as the real ones are unknown
 */
export function answerAttribute(
  { attributes }: LookerInstance,
  user: LookerUser,
  { extensionId, entitlements }: ExtensionManifest,
  { type, name, value }: AttributeRequest,
  { hiddenAttribute }: Pick<HostUnknowns, 'hiddenAttribute'>,
): string | boolean | null {
  if (!entitlements) throw new Error(NO_ENTITLEMENTS)
  const isScoped = entitlements.scoped_user_attributes.includes(name)
  if (!isScoped && !entitlements.global_user_attributes.includes(name)) {
    throw new Error(`Extension not entitled to access user attribute ${name}`)
  }
  const fullName = isScoped ? scopedName(extensionId, name) : name
  const attribute = attributes.find(fullName)
  if (!attribute) throw new Error(`User attribute ${fullName} is not defined`)
  if (type === 'get') {
    if (!attribute.value_is_hidden) return attributes.valueOf(user, fullName)
    if (hiddenAttribute === 'null') return null
    throw new Error(`The value of user attribute ${fullName} is hidden`)
  }
  if (!isScoped) throw new Error(`Extension not entitled to change global user attribute ${name}`)
  if (!attribute.user_can_edit) throw new Error(`User may not change user attribute ${fullName}`)
  if (type === 'reset') attributes.resetValue(user, fullName)
  else attributes.setValue(user, fullName, value ?? '')
  return type === 'reset' ? null : true
}
