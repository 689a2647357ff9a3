import type { Look, LookRow } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'
import { between, EMPLOYERS, pick, sampleDate, scramble, TIERS } from '../sample-values.ts'

export const CRM_FIELDS: Look['fields'] = {
  dimensions: [
    dimension('users.email', 'Users', 'Email', { tags: ['email'] }),
    dimension('users.employer', 'Users', 'Employer'),
    dimension('users.income', 'Users', 'Income', { type: 'number' }),
    dimension('users.customer_since', 'Users', 'Customer Since', { type: 'date_date' }),
    dimension('users.ltv_tier', 'Users', 'LTV Tier'),
    dimension('users.beta_enabled', 'Users', 'Beta Enabled (Yes / No)', { type: 'yesno' }),
  ],
  measures: [
    measure('orders.count', 'Orders', 'Count', { type: 'count' }),
    measure('orders.lifetime_purchases', 'Orders', 'Lifetime Purchases', { value_format: '$#,##0.00' }),
  ],
  pivots: [],
  table_calculations: [],
}

/** The CRM's row of one person. Zero, negative and missing values are among them. */
export function crmRow(number: number): LookRow {
  const orders = scramble(number * 7) % 9
  return {
    'users.email': `person-${String(number).padStart(5, '0')}@example.com`,
    'users.employer': number % 11 === 0 ? null : pick(EMPLOYERS, number),
    'users.income': between(18_000, 240_000, number * 3),
    'users.customer_since': sampleDate(number * 5),
    'users.ltv_tier': pick(TIERS, number * 13),
    'users.beta_enabled': number % 4 === 0 ? 'Yes' : 'No',
    'orders.count': orders,
    'orders.lifetime_purchases': orders === 0 ? 0 : between(-5_000, 900_000, number * 17) / 100,
  }
}

const ROWS = 10_000

/** The Look that everything should go right with. */
export const crmUsers: Look = {
  id: '1',
  title: 'CRM users',
  explanation: '10,000 people, each with an email that no other row has: every row should reach Heap.',
  fields: CRM_FIELDS,
  timezone: 'UTC',
  rowCount: ROWS,
  *rows() {
    for (let number = 1; number <= ROWS; number += 1) yield crmRow(number)
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
