import type { Look } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'
import { between, pick, TIERS } from '../sample-values.ts'

const ROWS = 250

export const crmIds: Look = {
  id: '19',
  title: 'Segments by CRM number',
  explanation:
    '250 people known by a number of the CRM and not by the identity: matched by the user property chosen in Heap\'s set-up of Looker Data Import, which has to be "CRM Number".',
  fields: {
    dimensions: [
      dimension('users.crm_number', 'Users', 'CRM Number', { type: 'number', primary_key: true }),
      dimension('users.segment', 'Users', 'Segment'),
    ],
    measures: [measure('orders.count', 'Orders', 'Count', { type: 'count' })],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      yield {
        'users.crm_number': 700_000 + number,
        'users.segment': `${pick(TIERS, number * 19)} segment`,
        'orders.count': between(0, 30, number),
      }
    }
  },
  suggestedParams: {
    env_id: '11',
    property_type: 'user',
    heap_field: 'Users CRM Number',
    match_by: 'heap_setup',
  },
}
