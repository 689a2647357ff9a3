import type { Look } from '../look.ts'
import { CRM_FIELDS } from './crm-users.ts'

export const failingSql: Look = {
  id: '10',
  title: 'A query that fails',
  explanation: 'The database refuses the query; Looker says so in the result and sends no rows.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  errors: [
    {
      message: 'The database encountered an error while running this query.',
      message_details: 'Syntax error: Unrecognized name: lifetime_purchase at [3:12]',
      params: 'SELECT users.email, orders.lifetime_purchase FROM users',
      error_pos: null,
    },
  ],
  rowCount: 0,
  rows: () => [],
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
