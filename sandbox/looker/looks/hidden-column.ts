import type { Look } from '../look.ts'
import { CRM_FIELDS, crmRow } from './crm-users.ts'

const ROWS = 100

export const hiddenColumn: Look = {
  id: '15',
  title: 'A hidden column',
  explanation: 'The Look hides the income; Looker sends it nevertheless, and it must not become a property.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  hiddenFields: ['users.income'],
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) yield crmRow(number)
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
