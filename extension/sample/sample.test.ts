import { describe, expect, test } from 'vitest'
import { NOTHING_HIDDEN, readVisualization } from '../../shared/looker-result/visualization.ts'
import { aResult } from '../testing/fake-state.ts'
import { readSample, valuesOf } from './sample.ts'

function sampleOf(result: unknown, hidden: string[] = [], limit = 500) {
  const read = readSample(result, readVisualization({ hidden_fields: hidden }), limit)
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
      valueFormat: null,
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

describe('what Looker says of it', () => {
  const codes = (result: unknown, limit = 500) => sampleOf(result, [], limit).remarks.map(({ code }) => code)

  test('is nothing as a rule', () => {
    expect(codes(plain)).toEqual([])
    expect(codes(pivoted)).toEqual([])
  })

  test.each<[object, string]>([
    [{ truncated: true }, 'result_truncated'],
    [{ column_truncated: true }, 'columns_truncated'],
    [{ warnings: ['x'] }, 'looker_warning'],
    [{ errors: [{ message: 'x', fatal: false }] }, 'looker_note'],
    [{ new_errors: ['x'] }, 'unknown_member'],
  ])('%j is remarked', (members, code) => {
    expect(codes({ ...plain, ...members })).toEqual([code])
  })

  test('is no cut when the rows are cut where we asked for it', () => {
    expect(codes({ ...plain, truncated: true, applied_limit: 2 }, 2)).toEqual([])
  })

  test('is that columns may be missing, where pivot values are as many as their limit', () => {
    expect(codes({ ...pivoted, applied_column_limit: 2 })).toEqual(['column_limit'])
    expect(codes({ ...pivoted, applied_column_limit: 3 })).toEqual([])
  })

  test('is that rows are imported although the Look hides them', () => {
    const visualization = readVisualization({ hidden_points_if_no: ['users.plan'] })
    const data = ['Yes', 'No'].map((value) => ({ 'users.email': { value }, 'users.plan': { value } }))
    const read = readSample({ ...plain, data }, visualization, 500)
    expect(read).toMatchObject({ sample: { remarks: [{ code: 'hidden_rows_imported', count: 1 }] } })
  })

  test('in cells of a form that is not known is remarked', () => {
    const data = [{ 'users.email': { value: 'a' }, 'users.plan': { rendered: 'x' } }]
    expect(codes({ ...plain, data })).toEqual(['unknown_cells'])
  })

  test('of pivots may be told by the cells alone, and parts of them be hidden', () => {
    const { pivots: _, ...rest } = pivoted
    const visualization = readVisualization({ hidden_pivots: { '2024': { is_entire_pivot_hidden: true } } })
    for (const result of [rest, { ...rest, fields: { ...rest.fields, pivots: [] } }]) {
      const read = readSample(result, visualization, 500)
      const columns = read.kind === 'read' ? read.sample.columns : []
      const counts = columns.filter(({ name }) => name === 'orders.count')
      expect(counts.map(({ label, hidden }) => [label, hidden])).toEqual([
        ['Orders Count - 2024', true],
        ['Orders Count - 2025', false],
      ])
    }
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
    ['the newer form', { ...plain, data: [], error: 'Query killed' }, 'Query killed'],
    ['sql_error', { ...plain, sql_error: 'no table' }, 'no table'],
    [
      'a status',
      { ...plain, status: 'running' },
      'the status of the result is "running" instead of "complete"',
    ],
    ['a row', { ...plain, data: [...plain.data, { looker_error: 'Query killed' }] }, 'Query killed'],
    ['a list', [{ looker_error: 'Query killed' }], 'Query killed'],
    ['a whole result', { looker_error: 'Query killed' }, 'Query killed'],
    ['a row that is none', { ...plain, data: [7] }, "Row 1 of Looker's answer is not a row of columns."],
    ['no list of rows', { ...plain, data: null }, "Row 1 of Looker's answer is not a row of columns."],
  ])('of %s is told', (_what, result, message) => {
    expect(readSample(result, NOTHING_HIDDEN, 500)).toEqual({ kind: 'failed', message })
  })
})
