import { describe, expect, test } from 'vitest'
import { createHiddenRows } from './hidden-rows.ts'
import { NO_QUERY, readQuery } from './query-word.ts'
import { NOTHING_HIDDEN, readVisualization } from './visualization.ts'

test.each([null, undefined, {}, '', []])('%j hides nothing', (config) => {
  expect(readVisualization(config)).toEqual(NOTHING_HIDDEN)
})

test('what public dashboards have there is read without a remark', () => {
  const config = {
    type: 'looker_grid',
    hide_totals: true,
    hide_row_totals: false,
    hide_legend: true,
    limit_displayed_rows: false,
    limit_displayed_rows_values: { show_hide: 'hide', first_last: 'first', num_rows: 0 },
    hidden_fields: ['a', 'b'],
    hidden_points_if_no: ['calculation_2'],
    hidden_pivots: {
      $$$_row_total_$$$: { is_entire_pivot_hidden: true },
      'customers.warehouse___null': { is_entire_pivot_hidden: true },
      cancelled: { measure_names: ['orders.count'] },
      confirmed: { is_entire_pivot_hidden: false },
    },
  }
  expect(readVisualization(config)).toEqual({
    hiddenFields: new Set(['a', 'b']),
    hiddenPivots: new Map<string, unknown>([
      ['$$$_row_total_$$$', 'all'],
      ['customers.warehouse___null', 'all'],
      ['cancelled', new Set(['orders.count'])],
    ]),
    hidesRowTotals: false,
    hiddenIfNo: ['calculation_2'],
    shownRows: null,
    remarks: [],
  })
})

test.each([
  ['vis_config', 'looker_grid'],
  ['vis_config', ['hidden_fields']],
  ['hidden_fields', { hidden_fields: 'users.email' }],
  ['hidden_fields', { hidden_fields: { 'users.email': true } }],
  ['hidden_fields', { hidden_fields: ['a', 5] }],
  ['hidden_points_if_no', { hidden_points_if_no: 'a' }],
  ['hidden_pivots', { hidden_pivots: ['gold'] }],
  ['hidden_pivots', { hidden_pivots: { gold: true } }],
  ['hidden_pivots', { hidden_pivots: { gold: { measure_names: 'a' } } }],
  ['hidden_pivots', { hidden_pivots: { gold: { measure_names: ['a', 5] } } }],
  ['hidden_pivots', { hidden_pivots: { gold: { hidden_measures: ['a'] } } }],
  ['hidden_pivots', { hidden_pivots: { gold: { is_entire_pivot_hidden: 'yes' } } }],
  ['hide_row_totals', { hide_row_totals: 'yes' }],
  ['limit_displayed_rows', { limit_displayed_rows: 'yes' }],
  ['hidden_columns', { hidden_columns: ['a'] }],
])('%s that is not known is a warning', (name, config) => {
  const { remarks } = readVisualization(config)
  expect(remarks).toEqual([
    expect.objectContaining({
      kind: 'warning',
      code: 'unknown_visualization',
      text: expect.stringContaining(`"${name}"`),
    }),
  ])
})

test('hidden series are noted', () => {
  expect(readVisualization({ hidden_series: ['2024 - orders.count'] }).remarks).toEqual([
    expect.objectContaining({ kind: 'note', code: 'hidden_series_imported' }),
  ])
})

describe('hidden rows', () => {
  const limited = (values: unknown) =>
    readVisualization({ limit_displayed_rows: true, limit_displayed_rows_values: values })
  const countOf = (values: unknown, rows: number) =>
    createHiddenRows(limited(values))
      .remarks(rows)
      .map(({ count }) => count)

  test.each([
    [{ show_hide: 'show', first_last: 'first', num_rows: '30' }, 100, [70]],
    [{ show_hide: 'show', first_last: 'last', num_rows: 100 }, 100, []],
    [{ show_hide: 'hide', first_last: 'first', num_rows: 10 }, 100, [10]],
    [{ show_hide: 'hide', first_last: 'first', num_rows: 0 }, 100, []],
    [{ show_hide: 'hide', first_last: 'first', num_rows: 10 }, 4, [4]],
    [{ show_hide: 'show', first_last: 'first', num_rows: '' }, 100, [undefined]],
    [{ show_hide: 'blink' }, 100, [undefined]],
    [null, 100, [undefined]],
    [null, 0, []],
  ])('by a limit %j of %d rows: %j', (values, rows, counts) => {
    expect(countOf(values, rows)).toEqual(counts)
  })

  test('by yes/no columns are counted once each', () => {
    const hidden = createHiddenRows(readVisualization({ hidden_points_if_no: ['a', 'b'] }))
    const see = (row: Record<string, unknown>) => hidden.see((name) => row[name])
    see({ a: 'Yes', b: 'Yes' })
    see({ a: 'No', b: 'No' })
    see({ a: true, b: false })
    see({ a: null, b: 'yes' })
    expect(hidden.remarks(4)).toEqual([
      expect.objectContaining({ kind: 'warning', code: 'hidden_rows_imported', count: 2 }),
    ])
    see({ a: 'maybe' })
    expect(hidden.remarks(5).map(({ text }) => text)).toEqual([
      expect.stringContaining('2 rows'),
      expect.stringContaining('"a", "b"'),
    ])
  })
})

test('a query tells its limits, as numbers or texts, and may be missing', () => {
  expect(readQuery({ limit: '500', column_limit: 50 }).limits).toEqual({ rowLimit: 500, columnLimit: 50 })
  expect(readQuery({ limit: '-1', column_limit: '' }).limits).toEqual({ rowLimit: null, columnLimit: null })
  expect(readQuery({ limit: 'all' }).limits).toEqual({ rowLimit: null, columnLimit: null })
  expect(readQuery(null)).toBe(NO_QUERY)
})
