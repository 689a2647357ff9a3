import type { ILookWithQuery } from '@looker/sdk'
import type { FakeState } from './fake-looker.ts'

type Column = {
  name: string
  label: string
  type?: string
  tags?: string[]
  primary_key?: boolean
}

/** A `json_detail` result of dimensions; the short label is the label without its first word. */
export function aResult(columns: Column[], rows: unknown[][]) {
  const dimensions = columns.map((column) => ({
    label_short: column.label.split(' ').slice(1).join(' '),
    type: 'string',
    tags: [],
    ...column,
  }))
  return {
    fields: { dimensions, measures: [], table_calculations: [], pivots: [] },
    pivots: [],
    timezone: 'UTC',
    data: rows.map((row) =>
      Object.fromEntries(columns.map(({ name }, index) => [name, { value: row[index] ?? null }])),
    ),
  }
}

export function aLook(change: Partial<ILookWithQuery> & { id: string }): ILookWithQuery {
  return {
    title: `Look ${change.id}`,
    user_id: '2',
    user_name: 'Bob Builder',
    folder: { name: 'Shared' },
    updated_at: '2026-03-01T09:00:00Z' as never,
    query: { model: 'shop', view: 'users', limit: '500', vis_config: {} },
    ...change,
  }
}

export const LIFETIME_VALUE = aResult(
  [
    { name: 'users.email', label: 'Users Email', tags: ['email'] },
    { name: 'users.plan', label: 'Users Plan' },
    { name: 'users.ltv', label: 'Users Lifetime Value', type: 'number' },
  ],
  Array.from({ length: 60 }, (_, index) => [
    `user${index}@example.com`,
    index % 2 ? 'pro' : 'free',
    index * 12.5,
  ]),
)

/** A Looker with one good Look, an enabled action and nothing else. */
export function aState(change: Partial<FakeState> = {}): FakeState {
  return {
    looks: [aLook({ id: '1', title: 'Customer lifetime value', user_id: '1', user_name: 'Ann Analyst' })],
    results: { '1': LIFETIME_VALUE },
    plans: [],
    integrations: [{ id: '7::heap', label: 'Heap', enabled: true }],
    forms: {},
    disabledUsers: [],
    stored: new Map(),
    attributes: new Map([
      ['locale', 'en_GB'],
      ['action_server_url', 'https://action.example.com'],
    ]),
    imports: [],
    healths: [],
    rejected: [],
    foundKeys: { import: null, keys: [] },
    environments: null,
    failing: {},
    waiting: {},
    calls: [],
    ...change,
  }
}
