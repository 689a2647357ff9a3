import type { Look, LookField, LookRow } from '../../sandbox/looker/look.ts'

/** A small Look for one test: users by email, unless more is said. */
export function sampleLook(look: Partial<Look> & { rows: () => Iterable<LookRow> }): Look {
  const rowCount = [...look.rows()].length
  return {
    id: '1',
    title: 'Test Look',
    explanation: 'For a test.',
    fields: {
      dimensions: [dimension('users.email'), dimension('users.plan')],
      measures: [measure('orders.ltv')],
      pivots: [],
      table_calculations: [],
    },
    timezone: 'UTC',
    rowCount,
    suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
    ...look,
  }
}

/** `users.signed_up` -> label "Users Signed Up", short label "Signed Up". */
export function dimension(name: string, more: Partial<LookField> = {}): LookField {
  const [view = '', field = ''] = name.split('.').map(capitalize)
  return {
    name,
    label: `${view} ${field}`,
    label_short: field,
    view_label: view,
    type: 'string',
    category: 'dimension',
    is_numeric: false,
    ...more,
  }
}

export function measure(name: string, more: Partial<LookField> = {}): LookField {
  return dimension(name, { type: 'sum', category: 'measure', is_numeric: true, ...more })
}

function capitalize(text: string): string {
  return text.replace(
    /(^|_)([a-z])/g,
    (_, before: string, letter: string) => (before ? ' ' : '') + letter.toUpperCase(),
  )
}

/** `count` rows user1@example.com, user2@example.com ... */
export function* users(count: number, from = 1): Generator<LookRow> {
  for (let number = from; number < from + count; number += 1) {
    yield {
      'users.email': `user${number}@example.com`,
      'users.plan': number % 2 ? 'free' : 'pro',
      'orders.ltv': number * 1.5 - 3,
    }
  }
}
