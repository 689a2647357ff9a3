import type { Look } from '../look.ts'
import { dimension, measure, pivot, ROW_TOTAL_PIVOT } from '../look-fields.ts'
import { scramble } from '../sample-values.ts'

const ROWS = 300
const YEARS = ['2024', '2025', '2026'] as const

export const pivotedOrders: Look = {
  id: '4',
  title: 'Orders per year, pivoted, with row totals',
  explanation:
    '300 people with their orders pivoted by year: one property per measure and year, and one for the row total.',
  fields: {
    dimensions: [dimension('users.email', 'Users', 'Email', { tags: ['email'] })],
    measures: [
      measure('orders.count', 'Orders', 'Count', { type: 'count' }),
      measure('orders.revenue', 'Orders', 'Revenue', { value_format: '$#,##0.00' }),
    ],
    pivots: [dimension('orders.created_year', 'Orders', 'Created Year', { type: 'date_year' })],
    table_calculations: [],
  },
  pivots: [...YEARS.map((year) => pivot('orders.created_year', year)), ROW_TOTAL_PIVOT],
  hasRowTotals: true,
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) {
      const count: Record<string, number | null> = {}
      const revenue: Record<string, number | null> = {}
      let orders = 0
      let cents = 0
      for (const year of YEARS) {
        const ofYear = scramble(number * 31 + Number(year)) % 5
        const spent = ofYear * 1_999
        count[year] = ofYear === 0 ? null : ofYear
        revenue[year] = ofYear === 0 ? null : spent / 100
        orders += ofYear
        cents += spent
      }
      yield {
        'users.email': `buyer-${number}@example.com`,
        'orders.count': { ...count, [ROW_TOTAL_PIVOT.key]: orders },
        'orders.revenue': { ...revenue, [ROW_TOTAL_PIVOT.key]: cents / 100 },
      }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
