import type { Look } from '../look.ts'
import { CRM_FIELDS, crmRow } from './crm-users.ts'

const ROWS = 300

export const emptyKeys: Look = {
  id: '17',
  title: 'Leads, most without an email',
  explanation:
    'Four of five rows have no email: null, empty, or a placeholder. Only 60 people can be imported.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    const nothing = [null, '', '   ', 'N/A']
    for (let number = 1; number <= ROWS; number += 1) {
      const row = crmRow(30_000 + number)
      yield number % 5 === 0 ? row : { ...row, 'users.email': nothing[number % nothing.length] ?? null }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
