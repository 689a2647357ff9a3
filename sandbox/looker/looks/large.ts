import type { Look } from '../look.ts'
import { dimension, measure } from '../look-fields.ts'
import { TIERS } from '../sample-values.ts'

/** The middle of a row's text repeats after so many rows; only the key differs between all rows. */
const PREPARED = 1_000

const FIELDS: Look['fields'] = {
  dimensions: [
    dimension('users.email', 'Users', 'Email', { tags: ['email'] }),
    dimension('users.city', 'Users', 'City'),
    dimension('users.ltv_tier', 'Users', 'LTV Tier'),
    dimension('users.signup_date', 'Users', 'Signup Date', { type: 'date_date' }),
    dimension('users.newsletter', 'Users', 'Newsletter (Yes / No)', { type: 'yesno' }),
  ],
  measures: [
    measure('orders.count', 'Orders', 'Count', { type: 'count' }),
    measure('orders.revenue', 'Orders', 'Revenue'),
    measure('visits.count', 'Visits', 'Count', { type: 'count' }),
  ],
  pivots: [],
  table_calculations: [],
}

function keyOf(number: number): string {
  return `user-${number}@example.com`
}

function propertiesOf(number: number) {
  const variant = number % PREPARED
  return {
    'users.city': ['Lisbon', 'Oslo', 'Nairobi', 'São Paulo', 'Osaka'][variant % 5] ?? 'Oslo',
    'users.ltv_tier': TIERS[variant % TIERS.length] ?? 'Gold',
    'users.signup_date': `2025-${String(1 + (variant % 12)).padStart(2, '0')}-${String(1 + (variant % 28)).padStart(2, '0')}`,
    'users.newsletter': variant % 2 === 0 ? 'Yes' : 'No',
    'orders.count': variant % 40,
    'orders.revenue': (variant * 37) / 100,
    'visits.count': variant,
  }
}

/** The same row as text of the lite format; made of prepared pieces, as this runs beside what it measures. */
function* rowTexts(rows: number): Generator<string> {
  const tails = Array.from({ length: PREPARED }, (_, variant) => {
    const cells = Object.entries(propertiesOf(variant)).map(([name, value]) => [name, { value }])
    return `"},${JSON.stringify(Object.fromEntries(cells)).slice(1)}`
  })
  for (let number = 1; number <= rows; number += 1) {
    yield `{"users.email":{"value":"${keyOf(number)}${tails[number % PREPARED]}`
  }
}

/** A Look of any number of rows with 8 columns. */
export function largeLook(id: string, rows: number): Look {
  return {
    id,
    title: `${rows.toLocaleString('en-US')} users`,
    explanation: `${rows.toLocaleString('en-US')} rows of 8 columns, to see how long they take and that memory stays flat.`,
    fields: FIELDS,
    timezone: 'UTC',
    rowCount: rows,
    *rows() {
      for (let number = 1; number <= rows; number += 1) {
        yield { 'users.email': keyOf(number), ...propertiesOf(number) }
      }
    },
    rowTexts: () => rowTexts(rows),
    suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
  }
}

export const million = largeLook('7', 1_000_000)
