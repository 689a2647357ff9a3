import { describe, expect, test } from 'vitest'
import { createResultReading } from './result-reading.ts'

/** The head of the two published bodies of the lite format: no top-level `pivots`. */
const PUBLISHED_LITE = {
  added_params: null,
  aggregate_table_used_info: null,
  applied_column_limit: null,
  applied_filter_expression: null,
  applied_filters: { 'users.country': { value: 'FR', field: {} } },
  applied_limit: null,
  cache_key: null,
  can_see_sql: null,
  column_truncated: null,
  errors: null,
  expired: null,
  explore: { name: 'users', label: 'Users', description: null },
  fields: {
    dimensions: [{ name: 'users.email', label: 'Users Email', type: 'string' }],
    measures: [],
    pivots: [],
    table_calculations: [],
  },
  fill_fields: null,
  from_cache: null,
  has_row_totals: null,
  has_totals: false,
  name: null,
  null_sort_treatment: null,
  number_format: null,
  pivot_hack_undone: null,
  ran_at: null,
  runtime: '',
  sql: 'SELECT secret',
  sql_error: null,
  sql_explain: null,
  supports_pivot_in_db: null,
  timezone: 'UTC',
  totals_data: null,
  truncated: null,
  warnings: null,
}

function read(members: Record<string, unknown>, limits = { rowLimit: null, columnLimit: null } as never) {
  const reading = createResultReading(limits)
  for (const [key, value] of Object.entries(members)) reading.add(key, value)
  return { reading, head: reading.head(), remarks: reading.takeRemarks(), complaints: reading.complaints() }
}

test('the published head says nothing against its result, and is complete', () => {
  const { reading, head, remarks, complaints } = read(PUBLISHED_LITE)
  expect(head.kind).toBe('read')
  expect([remarks, complaints]).toEqual([[], []])
  expect(reading.isComplete()).toBe(true)
  expect(reading.remarksOfSize(100)).toEqual([])
})

test.each<[string, unknown, object]>([
  ['truncated', true, { kind: 'warning', code: 'result_truncated' }],
  ['truncated', 'yes', { kind: 'warning', code: 'result_truncated' }],
  ['truncated', 5000, { kind: 'warning', code: 'result_truncated' }],
  ['column_truncated', true, { kind: 'warning', code: 'columns_truncated' }],
  ['expired', true, { kind: 'warning', code: 'result_expired' }],
  ['warnings', ['Too wide'], { kind: 'warning', code: 'looker_warning', text: 'Looker warns: Too wide.' }],
  ['warnings', [{ message: 'Too wide.' }], { kind: 'warning', text: 'Looker warns: Too wide.' }],
  ['warnings', 'Too wide', { kind: 'warning', text: 'Looker warns: Too wide.' }],
  [
    'errors',
    [{ message: 'Old.', fatal: false }],
    { kind: 'note', code: 'looker_note', text: 'Looker notes: Old.' },
  ],
  ['status', 200, { kind: 'warning', code: 'unknown_member' }],
  ['timezone', 7, { kind: 'warning', code: 'unknown_member' }],
  ['applied_limit', {}, { kind: 'warning', code: 'unknown_member' }],
  ['query_errors', ['x'], { kind: 'warning', code: 'unknown_member' }],
  ['partial_result', true, { kind: 'warning', code: 'unknown_member' }],
  ['something_new', 1, { kind: 'note', code: 'unknown_member' }],
  ['pivots', { gold: {} }, { kind: 'warning', code: 'unknown_field' }],
  ['pivots', [{ name: 'gold' }], { kind: 'warning', code: 'unknown_field' }],
])('%s: %j is remarked, and no complaint', (key, value, remark) => {
  const { remarks, complaints } = read({ ...PUBLISHED_LITE, [key]: value })
  expect(complaints).toEqual([])
  expect(remarks).toEqual([expect.objectContaining(remark)])
})

test.each(['truncated', 'column_truncated', 'warnings', 'something_new'])(
  '%s says nothing when empty',
  (key) => {
    for (const nothing of [null, false, '', [], {}]) {
      expect(read({ ...PUBLISHED_LITE, [key]: nothing }).remarks).toEqual([])
    }
  },
)

describe('fields', () => {
  const withFields = (fields: unknown) => read({ ...PUBLISHED_LITE, fields })

  test.each([
    ['without a name', { dimensions: [{ label: 'Email' }, null] }, 2],
    ['with a label that is no text', { dimensions: [{ name: 'a', label: 5 }] }, 1],
    ['with an odd convert_tz', { dimensions: [{ name: 'a', convert_tz: 'no' }] }, 1],
  ])('%s are a warning', (_what, fields, count) => {
    expect(withFields(fields).remarks).toEqual([
      expect.objectContaining({ kind: 'warning', code: 'unknown_field', count }),
    ])
  })

  test.each([[[]], ['users.email'], [7], [{ measures: {} }], [{ dimensions: 'users.email' }]])(
    'that are %j cannot be read',
    (fields) => {
      const { reading, head } = withFields(fields)
      expect(head).toEqual({ kind: 'failed', reason: 'unknown' })
      expect(reading.headFailure('unknown')).toContain('does not know')
    },
  )

  test('that are missing are an error of the API, when there is one', () => {
    expect(read({ data: [] }).head).toEqual({ kind: 'failed', reason: 'missing' })
    const { reading } = read({ message: "Not found: 'x'", documentation_url: 'https://x' })
    expect(reading.headFailure('missing')).toContain('an error instead of the result: Not found: ... Open')
  })

  test('described once more after the rows, and differently, are a warning', () => {
    const { reading } = read(PUBLISHED_LITE)
    reading.add('fields', PUBLISHED_LITE.fields)
    expect(reading.takeRemarks()).toEqual([])
    reading.add('pivots', [{ key: 'gold' }])
    expect(reading.takeRemarks()).toEqual([expect.objectContaining({ code: 'unknown_field' })])
  })
})

test.each([
  [500, { rowLimit: 500 }, {}, 'row_limit'],
  [500, {}, { applied_limit: 500 }, 'row_limit'],
  [500, {}, { applied_limit: '500' }, 'row_limit'],
  [5_000, {}, {}, 'row_limit'],
  [499, { rowLimit: 500 }, {}, undefined],
  [501, { rowLimit: 500 }, {}, undefined],
  [0, { rowLimit: 500 }, {}, undefined],
  [10, { columnLimit: 1 }, { pivots: [{ key: 'a' }, { key: 't', is_total: true }] }, 'column_limit'],
  [10, { columnLimit: 2 }, { pivots: [{ key: 'a' }, { key: 't', is_total: true }] }, undefined],
  [10, {}, { pivots: [{ key: 'a' }], applied_column_limit: 1 }, 'column_limit'],
])('%d rows for the limits %j and %j', (rows, limits, members, code) => {
  const { reading } = read({ ...PUBLISHED_LITE, ...members }, {
    rowLimit: null,
    columnLimit: null,
    ...limits,
  } as never)
  expect(reading.remarksOfSize(rows).map((remark) => remark.code)).toEqual(code ? [code] : [])
})

test('a result that says very much fills no memory', () => {
  const reading = createResultReading()
  reading.add(
    'warnings',
    Array.from({ length: 100_000 }, (_, index) => `warning ${index}`),
  )
  expect(reading.takeRemarks()).toHaveLength(50)
})
