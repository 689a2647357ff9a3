import type { Look } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'
import { between, pick, TIERS } from '../sample-values.ts'

const ROWS = 150

/** A field whose label has no view in front, as LookML's `view_label: ""` makes it. */
function bare(name: string, label: string) {
  return { ...dimension(name, '', label), label, view_label: '' }
}

export const troubledNames: Look = {
  id: '18',
  title: 'Columns with troubled names',
  explanation:
    'One column is called "ID", which Heap refuses, two differ in case only, and one has a very long name: the first must be renamed or left out.',
  fields: {
    dimensions: [
      dimension('users.email', 'Users', 'Email', { tags: ['email'] }),
      bare('users.id', 'ID'),
      bare('users.plan', 'Plan'),
      bare('users.plan_code', 'plan'),
      bare('users.notes', `Notes ${'about everything that was said '.repeat(6).trim()}`),
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
        'users.email': `customer-${number}@example.com`,
        'users.id': 500 + number,
        'users.plan': pick(TIERS, number),
        'users.plan_code': pick(TIERS, number).slice(0, 1),
        'users.notes': `Note ${number}`,
        'orders.count': between(0, 12, number),
      }
    }
  },
  suggestedParams: {
    env_id: '11',
    property_type: 'user',
    heap_field: 'Users Email',
    property_names: '{"rename":{},"exclude":["users.id"]}',
  },
}
