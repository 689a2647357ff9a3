import type { Look } from '../look.ts'
import { CRM_FIELDS } from './crm-users.ts'

export const empty: Look = {
  id: '8',
  title: 'No rows',
  explanation: 'A Look whose filter matches nobody: a success that changes nothing in Heap.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  rowCount: 0,
  rows: () => [],
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
