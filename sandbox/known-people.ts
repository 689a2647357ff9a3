import type { KnownUser } from './heap/heap-store.ts'
import { crmIds } from './looker/looks/crm-ids.ts'
import { crmUsers } from './looker/looks/crm-users.ts'

const ENVIRONMENT = '11'

/**
 * Whom the product has identified before the sandbox is opened, so that its Heap can tell people from
 * ghosts: those of the Look "CRM users" by their email, which is a property of theirs as well, and those of
 * "Segments by CRM number", who have that number as a property.
 */
export function knownPeople(): KnownUser[] {
  const users: KnownUser[] = []
  for (const row of crmUsers.rows()) {
    const email = String(row['users.email'])
    users.push({ environmentId: ENVIRONMENT, identity: email, properties: { email } })
  }
  let number = 0
  for (const row of crmIds.rows()) {
    number += 1
    const properties = { 'CRM Number': String(row['users.crm_number']) }
    users.push({ environmentId: ENVIRONMENT, identity: `person-${number}@example.com`, properties })
  }
  return users
}
