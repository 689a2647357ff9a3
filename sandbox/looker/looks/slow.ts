import type { Look } from '../look.ts'
import { CRM_FIELDS, crmRow } from './crm-users.ts'

const ROWS = 2_000

export const slow: Look = {
  id: '12',
  title: 'A slow query',
  explanation:
    '2,000 rows that begin after 40 seconds and then trickle in; the connection must not be dropped.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) yield crmRow(number)
  },
  slow: { firstByteSeconds: 40, pauseMilliseconds: 200 },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
