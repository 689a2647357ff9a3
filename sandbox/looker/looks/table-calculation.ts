import type { Look } from '../look.ts'
import { dimension, measure, tableCalculation } from '../look-fields.ts'
import { between } from '../sample-values.ts'

const ROWS = 400

export const withTableCalculation: Look = {
  id: '5',
  title: 'Spend per visit, a table calculation',
  explanation:
    '400 people with a column that Looker calculates from two others and describes with few words.',
  fields: {
    dimensions: [dimension('users.email', 'Users', 'Email', { tags: ['email'] })],
    measures: [
      measure('visits.count', 'Visits', 'Count', { type: 'count' }),
      measure('orders.revenue', 'Orders', 'Revenue', { value_format: '$#,##0.00' }),
    ],
    pivots: [],
    table_calculations: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how Looker refers to a field
      tableCalculation('spend_per_visit', 'Spend per Visit', '${orders.revenue} / ${visits.count}'),
    ],
  },
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      const visits = between(0, 20, number)
      const revenue = between(0, 50_000, number * 3) / 100
      yield {
        'users.email': `visitor-${number}@example.com`,
        'visits.count': visits,
        'orders.revenue': revenue,
        spend_per_visit: visits === 0 ? null : revenue / visits,
      }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
