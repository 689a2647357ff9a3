import type { Look } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'
import { between } from '../sample-values.ts'

const ROWS = 200

function anchor(text: string): string {
  return `<a href='/explore/crm/orders?fields=orders.id&amp;limit=500' class='cell-clickable-content' target='_self'>${text}</a>`
}

export const formattedCells: Look = {
  id: '11',
  title: 'Formatted values',
  explanation:
    'A schedule made with formatting on: Looker wraps each number into a link, and the text inside is what counts.',
  fields: {
    dimensions: [dimension('users.email', 'Users', 'Email', { tags: ['email'] })],
    measures: [measure('orders.revenue', 'Orders', 'Revenue', { value_format: '$#,##0.00' })],
    pivots: [],
    table_calculations: [],
  },
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      const dollars = between(0, 9_999, number).toLocaleString('en-US')
      yield { 'users.email': `shopper-${number}@example.com`, 'orders.revenue': anchor(`$${dollars}.50`) }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
