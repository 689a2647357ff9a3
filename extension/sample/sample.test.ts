import { describe, expect, test } from 'vitest'
import { aResult } from '../testing/fake-state.ts'
import { readSample, valuesOf } from './sample.ts'

function sampleOf(result: unknown, hidden: string[] = [], limit = 500) {
  const read = readSample(result, hidden, limit)
  if (read.kind === 'failed') throw new Error(read.message)
  return read.sample
}

const plain = aResult(
  [
    { name: 'users.email', label: 'Users Email', tags: ['email'], primary_key: true },
    { name: 'users.plan', label: 'Users Plan' },
  ],
  [
    ['a@example.com', 'free'],
    ['b@example.com', null],
  ],
)

const pivoted = {
  fields: {
    dimensions: [{ name: 'users.email', label: 'Users Email' }, { name: 'orders.year' }],
    measures: [{ name: 'orders.count', label: 'Orders Count', type: 'count' }],
    table_calculations: [{ name: 'ratio', label: 'Ratio' }],
    pivots: [{ name: 'orders.year', label: 'Orders Year' }],
  },
  pivots: [
    { key: '2024', data: { 'orders.year': 2024 } },
    { key: '2025', data: { 'orders.year': 2025 } },
  ],
  data: [
    {
      'users.email': { value: 'a@example.com' },
      'orders.count': { '2024': { value: 1 }, '2025': { value: null } },
      ratio: { value: 0.5 },
    },
  ],
}

describe('a result', () => {
  test('is columns, facts and rows', () => {
    const sample = sampleOf(plain, ['users.plan'])
    expect(sample.columns.map(({ label, hidden }) => [label, hidden])).toEqual([
      ['Users Email', false],
      ['Users Plan', true],
    ])
    expect(sample.factsOf.get('users.email')).toEqual({
      tags: ['email'],
      primaryKey: true,
      kind: 'dimension',
    })
    expect(sample.rows).toHaveLength(2)
  })

  test('may come as a text', () => {
    expect(sampleOf(JSON.stringify(plain)).rows).toHaveLength(2)
  })

  test('is partial when it has as many rows as were asked for', () => {
    expect(sampleOf(plain, [], 2).partial).toBe(true)
    expect(sampleOf(plain, [], 3).partial).toBe(false)
  })

  test('with pivots has one column per pivot value', () => {
    const sample = sampleOf(pivoted)
    expect(sample.columns.map(({ label }) => label)).toEqual([
      'Users Email',
      'Orders Count - 2024',
      'Orders Count - 2025',
      'Ratio',
    ])
    expect(sample.pivotedBy).toEqual(['Orders Year'])
    expect(sample.columns.map((column) => valuesOf(sample, column)[0])).toEqual([
      'a@example.com',
      1,
      null,
      0.5,
    ])
  })

  test('without rows still has its columns', () => {
    expect(sampleOf({ ...plain, data: [] }).columns).toHaveLength(2)
  })
})

describe('a failure', () => {
  test.each([
    [
      'the database',
      { ...plain, data: [], errors: [{ message: 'Failed:', message_details: 'no table' }] },
      'Failed: no table',
    ],
    ['an error without a text', { ...plain, errors: [{}] }, 'The query failed.'],
    ['no columns', { fields: {}, data: [] }, 'The Look has no columns.'],
    ['no object', 'nonsense', 'Looker answered no rows.'],
  ])('of %s is told', (_what, result, message) => {
    expect(readSample(result, [], 500)).toEqual({ kind: 'failed', message })
  })
})
