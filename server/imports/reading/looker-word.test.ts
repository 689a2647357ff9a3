import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeliverOptions } from '../../../sandbox/looker/delivering/deliver.ts'
import type { Look, LookRow } from '../../../sandbox/looker/look.ts'
import { pivot, ROW_TOTAL_PIVOT } from '../../../sandbox/looker/look-fields.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { createPgliteDirectory } from '../../testing/engines.ts'
import { dimension, measure, sampleLook, users } from '../../testing/sample-look.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { reportToLooker } from '../report-import.ts'

let database: TestDatabase
let bench: TestBench
let environments = 100

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

/** Delivers a Look into a Heap environment of its own. */
async function deliver(look: Partial<Look> & { rows: Look['rows'] }, options: DeliverOptions = {}) {
  environments += 1
  const id = String(environments)
  const whole = sampleLook(look)
  const { status, message } = await bench.looker.deliver(
    whole,
    { ...whole.suggestedParams, env_id: id },
    options,
  )
  const [stored] = await bench.app.database.query<{ warnings: unknown }>(
    'select warnings from imports order by id desc limit 1',
  )
  return {
    status,
    message: message.replaceAll(`environment ${id}`, 'environment 11'),
    heap: Object.fromEntries(bench.heap.users(id)),
    remarks: stored?.warnings,
  }
}

const SIXTY = { rows: () => users(60) }
const NONE = { rows: (): LookRow[] => [] }
const IMPORTED = 'Imported 60 of 60 rows into Heap environment 11.'

/** Where a member may stand: before the rows, after them, and before them in a result that has rows first. */
const PLACES: [string, (member: object) => Partial<Look>, DeliverOptions][] = [
  ['before the rows', (says) => ({ says: says as Record<string, unknown> }), {}],
  ['after the rows', (says) => ({ saysAfterRows: says as Record<string, unknown> }), {}],
  [
    'in json_detail, rows first',
    (says) => ({ says: says as Record<string, unknown> }),
    { format: 'json_detail', headAfterData: true },
  ],
  ['in a pushed result', (says) => ({ says: says as Record<string, unknown> }), { mode: 'push' }],
]

describe.each(PLACES)('%s', (_place, put, options) => {
  test.each<[object, string]>([
    [{ error: 'The query was killed.' }, 'The query was killed.'],
    [{ errors: [{ message: 'No such field.' }] }, 'No such field.'],
    [
      {
        errors: [
          { message: 'Slow.', fatal: false },
          { message: 'Gone.', fatal: true },
        ],
      },
      'Gone.',
    ],
    [{ sql_error: 'Unknown table' }, 'Unknown table.'],
    [{ status: 'killed' }, 'the status of the result is "killed" instead of "complete".'],
    [{ looker_error: 'Out of memory' }, 'Out of memory.'],
  ])('%j is a failure, with rows and without', async (member, text) => {
    for (const rows of [SIXTY, NONE]) {
      const { status, message } = await deliver({ ...rows, ...put(member) }, options)
      expect(status).toBe('failure')
      expect(message).toContain(`Looker reports an error in the query of this Look: ${text}`)
    }
  })

  test.each<[object, { kind: string; code: string }, string]>([
    [
      { truncated: true },
      { kind: 'warning', code: 'result_truncated' },
      'Looker says that it cut the result',
    ],
    [{ column_truncated: true }, { kind: 'warning', code: 'columns_truncated' }, 'cut the columns'],
    [{ warnings: ['Too wide.'] }, { kind: 'warning', code: 'looker_warning' }, 'Looker warns: Too wide.'],
    [
      { errors: [{ message: 'Model is old.', fatal: false }] },
      { kind: 'note', code: 'looker_note' },
      'Looker notes: Model is old.',
    ],
    [{ partial_reasons: ['x'] }, { kind: 'warning', code: 'unknown_member' }, '"partial_reasons"'],
  ])('%j is said of a success, with rows and without', async (member, remark, text) => {
    const whole = await deliver({ ...SIXTY, ...put(member) }, options)
    expect(whole).toMatchObject({ status: 'success', remarks: [remark] })
    expect(whole.message).toMatch(/^Imported 60 of 60 rows/)
    expect(whole.message).toContain(text)
    expect(Object.keys(whole.heap)).toHaveLength(60)
    const empty = await deliver({ ...NONE, ...put(member) }, options)
    expect(empty).toMatchObject({ status: 'success', remarks: [remark] })
    expect(empty.message).toMatch(/^The Look returned no rows/)
    expect(empty.message).toContain(text)
  })
})

test('what was noted before a failure is told with it', async () => {
  const { message, remarks } = await deliver({
    ...SIXTY,
    says: { truncated: true },
    saysAfterRows: { error: 'Killed.' },
  })
  expect(message).toMatch(/Killed\..*60 rows that had come before.*Looker says that it cut the result/)
  expect(remarks).toEqual([expect.objectContaining({ code: 'result_truncated' })])
})

describe('an error among the rows', () => {
  test.each([
    [60, 'Imported 60 of 60 rows'],
    [1, 'Imported 1 of 1 row '],
    [0, 'Nothing was imported'],
  ])('after %d good rows is a failure', async (afterRows, counts) => {
    for (const options of [{}, { format: 'json_detail' as const }, { mode: 'push' as const }]) {
      const { status, message } = await deliver(
        { ...SIXTY, errorRow: { afterRows, text: 'SQL ERROR: Query exceeded limit' } },
        options,
      )
      expect(status).toBe('failure')
      expect(message).toContain(
        'Looker reports an error in the query of this Look: SQL ERROR: Query exceeded limit.',
      )
      expect(message).toContain(counts)
      expect(message).not.toContain('without a join key')
    }
  })
})

test('as many rows as the limit of the query are a warning, and one more or less are none', async () => {
  for (const [rowLimit, said] of [
    [60, true],
    [61, false],
    [-1, false],
  ] as const) {
    const options = rowLimit === -1 ? {} : { rowLimit }
    const { status, message, remarks } = await deliver(SIXTY, options)
    expect(status).toBe('success')
    expect(remarks).toEqual(
      said ? [expect.objectContaining({ kind: 'warning', code: 'row_limit', count: 60 })] : [],
    )
    if (said) expect(message).toContain("exactly as many rows as the query's limit, 60, so it may be cut")
    else expect(message).toBe(IMPORTED)
  }
})

test('5,000 rows of JSON detail, where Looker cuts without a word, are a warning', async () => {
  const { status, remarks } = await deliver({ rows: () => users(5_001) }, { format: 'json_detail' })
  expect(status).toBe('success')
  expect(remarks).toEqual([expect.objectContaining({ code: 'row_limit', count: 5_000 })])
})

const PIVOTED = {
  fields: {
    dimensions: [dimension('users.email')],
    measures: [measure('orders.count'), measure('orders.sum')],
    pivots: [dimension('orders.year')],
    table_calculations: [],
  },
  pivots: [
    pivot('orders.year', '2025'),
    pivot('orders.year', '2026'),
    pivot('orders.year', null),
    ROW_TOTAL_PIVOT,
  ],
  rows: (): LookRow[] => {
    const cells = { '2025': 3, '2026': null, 'orders.year___null': 1, $$$_row_total_$$$: 4 }
    return [{ 'users.email': 'a@b.co', 'orders.count': cells, 'orders.sum': cells }]
  },
}

const VALUES = [
  ['2025', 3],
  ['∅', 1],
  ['Row Total', 4],
] as const

describe('pivots', () => {
  const allOf = (measures: string[], values: readonly (readonly [string, number])[]) =>
    Object.fromEntries(measures.flatMap((name) => values.map(([key, value]) => [`${name} - ${key}`, value])))

  test.each(['listed', 'unlisted', 'unannounced'] as const)('that are %s arrive', async (pivotForm) => {
    for (const format of ['json_detail', 'json_detail_lite_stream'] as const) {
      const { status, heap } = await deliver(PIVOTED, { pivotForm, format })
      expect(status).toBe('success')
      expect(heap['a@b.co']).toEqual(allOf(['Orders Count', 'Orders Sum'], VALUES))
    }
  })

  test('of which the visualization hides some are not imported', async () => {
    const { status, heap, remarks } = await deliver({
      ...PIVOTED,
      visConfig: {
        hidden_pivots: {
          '2025': { measure_names: ['orders.sum'] },
          $$$_row_total_$$$: { is_entire_pivot_hidden: true },
        },
      },
    })
    expect(status).toBe('success')
    expect(remarks).toEqual([])
    expect(heap['a@b.co']).toEqual({
      'Orders Count - 2025': 3,
      'Orders Count - ∅': 1,
      'Orders Sum - ∅': 1,
    })
  })

  test('in a form that is not known are said', async () => {
    const fields = { ...PIVOTED.fields, measures: [measure('orders.count')], pivots: [] }
    const { status, message, remarks } = await deliver({
      fields,
      rows: () => [{ 'users.email': 'a@b.co', 'orders.count': 1 }],
      rowTexts: () => [
        '{"users.email":{"value":"a@b.co"},"orders.count":{"rendered":"5"}}',
        '{"users.email":{"value":"c@d.co"},"orders.count":{"value":5}}',
      ],
    })
    expect(status).toBe('success')
    expect(remarks).toEqual([expect.objectContaining({ code: 'unknown_cells', count: 1 })])
    expect(message).toContain('1 cell of "orders.count" came in a form that this server does not know')
  })
})

describe('rows keyed in another way', () => {
  test.each(['label', 'label_short'] as const)('by %s arrive', async (rowKeys) => {
    const { status, message, heap } = await deliver(SIXTY, { rowKeys })
    expect([status, message]).toEqual(['success', IMPORTED])
    expect(heap['user1@example.com']).toEqual({ 'Users Plan': 'free', 'Orders Ltv': -1.5 })
  })

  test('arrive when a column has no cell in the first row and stands under its label later', async () => {
    const { status, heap } = await deliver({
      ...NONE,
      rowTexts: () => [
        '{"users.email":{"value":"a@b.co"},"orders.ltv":{"value":1}}',
        '{"users.email":{"value":"c@d.co"},"orders.ltv":{"value":2},"Users Plan":{"value":"pro"}}',
        '{"users.email":{"value":"e@f.co"},"orders.ltv":{"value":3},"Plan":{"value":"free"}}',
      ],
    })
    expect(status).toBe('success')
    expect([heap['c@d.co'], heap['e@f.co']]).toEqual([
      { 'Users Plan': 'pro', 'Orders Ltv': 2 },
      { 'Users Plan': 'free', 'Orders Ltv': 3 },
    ])
  })

  test('by a key that no column announced are said, or refused when a column has no cell', async () => {
    const row = (plan: string) => `{"users.email":{"value":"a@b.co"},"orders.ltv":{"value":1},${plan}}`
    const beside = await deliver({
      ...NONE,
      rowTexts: () => [row('"users.plan":{"value":"x"},"users.secret":{"value":"y"}')],
    })
    expect(beside).toMatchObject({
      status: 'success',
      remarks: [expect.objectContaining({ code: 'unannounced_cells', count: 1 })],
    })
    expect(beside.message).toContain('"users.secret"')
    const instead = await deliver({ ...NONE, rowTexts: () => [row('"Plan (new)":{"value":"x"}')] })
    expect(instead.status).toBe('failure')
    expect(instead.message).toContain('"Plan (new)"')
  })
})

test('a location that breaks the JSON is told by row and column, and not to be sent again', async () => {
  const fields = {
    dimensions: [dimension('users.email'), dimension('users.location', { type: 'location' })],
    measures: [],
    pivots: [],
    table_calculations: [],
  }
  const row = (number: number, location: string) =>
    `{"users.email":{"value":"user${number}@example.com"},"users.location":{"value":${location}}}`
  const { status, message } = await deliver({
    ...NONE,
    fields,
    rowTexts: function* () {
      for (let number = 1; number <= 100; number += 1)
        yield row(number, number === 61 ? '33.8, -118.3' : '"x"')
    },
  })
  expect(status).toBe('failure')
  expect(message).toContain(`Row 61 of Looker's result is not valid JSON in the column "users.location".`)
  expect(message).toContain('Sending it again will not help')
  expect(message).not.toMatch(/33\.8|Send the Look again/)
})

describe('the visualization', () => {
  const withActive = {
    fields: {
      dimensions: [dimension('users.email'), dimension('users.active', { type: 'yesno' })],
      measures: [],
      pivots: [],
      table_calculations: [],
    },
    rows: (): LookRow[] => [
      { 'users.email': 'a@b.co', 'users.active': 'Yes' },
      { 'users.email': 'c@d.co', 'users.active': 'No' },
      { 'users.email': 'e@f.co', 'users.active': 'No' },
    ],
  }

  test.each<[object, object]>([
    [{ hidden_points_if_no: ['users.active'] }, { code: 'hidden_rows_imported', count: 2 }],
    [{ hidden_points_if_no: ['gone'] }, { code: 'hidden_rows_imported' }],
    [
      {
        limit_displayed_rows: true,
        limit_displayed_rows_values: { show_hide: 'show', first_last: 'first', num_rows: '2' },
      },
      { code: 'hidden_rows_imported', count: 1 },
    ],
    [{ hidden_fields: 'users.active' }, { code: 'unknown_visualization' }],
    [{ hidden_pivots: ['2025'] }, { code: 'unknown_visualization' }],
  ])('%j hides what is imported, and the answer says so', async (visConfig, remark) => {
    const { status, heap, remarks, message } = await deliver({ ...withActive, visConfig: visConfig as never })
    expect(status).toBe('success')
    expect(Object.keys(heap)).toHaveLength(3)
    expect(remarks).toEqual([expect.objectContaining({ kind: 'warning', ...remark })])
    expect(message).toContain('hide')
  })
})

test('times that Looker did not convert get no offset of the zone of the query', async () => {
  const { heap, remarks } = await deliver({
    timezone: 'Europe/Berlin',
    fields: {
      dimensions: [
        dimension('users.email'),
        dimension('users.seen', { type: 'date_time' }),
        dimension('users.raw', { type: 'date_time', convert_tz: false }),
      ],
      measures: [],
      pivots: [],
      table_calculations: [],
    },
    rows: () => [
      { 'users.email': 'a@b.co', 'users.seen': '2026-07-01 08:30:00', 'users.raw': '2026-07-01 08:30:00' },
    ],
  })
  expect(heap['a@b.co']).toEqual({
    'Users Seen': '2026-07-01T08:30:00+02:00',
    'Users Raw': '2026-07-01T08:30:00',
  })
  expect(remarks).toEqual([expect.objectContaining({ kind: 'note', code: 'unconverted_times', count: 1 })])
})

test('texts that an earlier version kept are still told', async () => {
  const { message } = await deliver(SIXTY)
  expect(message).toBe(IMPORTED)
  const [row] = await bench.app.database.query<{ id: number }>(
    `update imports set warnings = '["Old words."]' where id = (select max(id) from imports) returning id`,
  )
  const record = await bench.app.repositories.imports.find(row!.id)
  const verdict = await reportToLooker(record!, bench.app.repositories.imports, 900_000)
  expect(verdict.message).toContain('Old words.')
})
