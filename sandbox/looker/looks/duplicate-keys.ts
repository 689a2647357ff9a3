import type { Look } from '../look.ts'
import { CRM_FIELDS, crmRow } from './crm-users.ts'

const ROWS = 600

/** Two rows for each person, as a join with orders makes them. */
const PEOPLE = ROWS / 2

export const duplicateKeys: Look = {
  id: '16',
  title: 'Orders with the email of their buyer',
  explanation:
    'Every email stands in two rows: one row per order. None can be told to be the right one, so all but the first are rejected.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      const email = crmRow(1 + (number % PEOPLE))['users.email'] ?? null
      yield { ...crmRow(20_000 + number), 'users.email': email }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
