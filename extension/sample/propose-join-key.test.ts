import { describe, expect, test } from 'vitest'
import { aColumn } from '../../shared/testing/columns.ts'
import { columnStats } from './column-stats.ts'
import type { Candidate } from './propose-join-key.ts'
import { proposeJoinKey } from './propose-join-key.ts'

const TEN = Array.from({ length: 10 }, (_, index) => index)

function candidate(
  name: string,
  label: string,
  values: unknown[],
  change: Partial<Candidate> = {},
): Candidate {
  const shortLabel = label.split(' ').slice(1).join(' ')
  return {
    column: aColumn({ name, label, shortLabel, type: 'string' }),
    stats: columnStats(values),
    facts: { tags: [], primaryKey: false, kind: 'dimension' },
    ...change,
  }
}

const email = candidate(
  'users.email',
  'Users Email',
  TEN.map((n) => `${n}@example.com`),
)
const id = candidate('users.id', 'Users ID', TEN)
const plan = candidate(
  'users.plan',
  'Users Plan',
  TEN.map(() => 'free'),
)
const company = candidate(
  'users.company',
  'Users Company',
  TEN.map((n) => `Company ${n}`),
)
const accountId = candidate(
  'accounts.account_id',
  'Accounts Account ID',
  TEN.map((n) => `acc-${n}`),
)

const proposed = (candidates: Candidate[], type: 'user' | 'account' = 'user') =>
  proposeJoinKey(candidates, type)?.column.name ?? null

describe('the likely join key', () => {
  test('of users is an email address before an ID', () => {
    expect(proposed([plan, id, email])).toBe('users.email')
  })

  test('of accounts is an account ID', () => {
    expect(proposed([email, company, accountId], 'account')).toBe('accounts.account_id')
  })

  test('comes with reasons', () => {
    expect(proposeJoinKey([email], 'user')?.reasons).toEqual([
      'every row has a value of its own',
      'it is called an email address, the usual identity in Heap',
    ])
  })

  test('is not an email column that is mostly empty or shared', () => {
    const sparse = candidate('users.email', 'Users Email', [null, null, null, 'a', 'a', 'a'])
    expect(proposed([sparse, id])).toBe('users.id')
  })

  test('is known by its tag and by the primary key', () => {
    const facts = { tags: ['user_id'], primaryKey: true, kind: 'dimension' as const }
    const tagged = candidate('users.handle', 'Users Handle', TEN, { facts })
    expect(proposed([tagged, plan])).toBe('users.handle')
    expect(proposeJoinKey([tagged], 'user')?.reasons.join()).toContain('tags it "user_id"')
  })

  test('is never a measure, a pivoted column, a date or a calculation', () => {
    const measure = { ...id, facts: { tags: [], primaryKey: false, kind: 'measure' as const } }
    const pivot = { ...id, column: { ...id.column, pivot: { key: '2024', label: '2024' } } }
    const date = { ...id, column: { ...id.column, type: 'date_time' } }
    const calculation = { ...id, facts: { tags: [], primaryKey: false, kind: 'table_calculation' as const } }
    for (const one of [measure, pivot, date, calculation]) expect(proposed([one])).toBeNull()
  })

  test('is none where nothing stands out', () => {
    expect(proposed([plan])).toBeNull()
    expect(proposed([])).toBeNull()
  })

  test('is the best name where there are no rows', () => {
    expect(proposed([candidate('users.email', 'Users Email', [])])).toBeNull()
  })
})
