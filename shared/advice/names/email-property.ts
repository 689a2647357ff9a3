import type { Column } from '../../looker-result/columns.ts'
import type { PropertyType } from '../../settings/sync-settings.ts'
import { fieldWords, withoutNouns } from '../subject.ts'

/** The name by which Heap's own Email property is reached, in lower case only (documented). */
export const EMAIL_PROPERTY = 'email'

/**
 * Should the column be called `email` in Heap? Offered while its name is the label, or another spelling of it.
 *
 * @param property as it is called now
 * @param areAddresses its values are email addresses, as far as there are any
 */
export function suggestsEmail(
  column: Column,
  property: string,
  propertyType: PropertyType,
  areAddresses: boolean,
): boolean {
  if (propertyType !== 'user' || column.pivot || property === EMAIL_PROPERTY || !areAddresses) return false
  if (/^e-?mail$/i.test(property.trim())) return true
  const untouched = property === column.label || property === column.shortLabel
  return untouched && fieldWords(column).some((words) => isEmail(withoutNouns(words)))
}

function isEmail(words: string[]): boolean {
  return words.join(' ') === 'email' || words.join(' ') === 'email address'
}
