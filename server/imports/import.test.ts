import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Look } from '../../sandbox/looker/look.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { dimension, measure, sampleLook, users } from '../testing/sample-look.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'

const FIELDS = { dimensions: [], measures: [], pivots: [], table_calculations: [] }

const LOOKS: Record<string, Look> = Object.fromEntries(
  [
    sampleLook({ id: 'users', rows: () => users(2_500) }),
    sampleLook({
      id: 'defects',
      rows: function* () {
        yield* users(20)
        yield { 'users.email': 'user3@example.com', 'users.plan': 'late', 'orders.ltv': 1 }
        yield { 'users.email': null, 'users.plan': 'none', 'orders.ltv': 1 }
        yield { 'users.email': 'undefined', 'users.plan': 'none', 'orders.ltv': 1 }
        yield { 'users.email': 'x'.repeat(256), 'users.plan': 'none', 'orders.ltv': 1 }
      },
    }),
    sampleLook({
      id: 'values',
      timezone: 'America/New_York',
      fields: {
        ...FIELDS,
        dimensions: [
          dimension('users.key'),
          dimension('users.big', { type: 'number', is_numeric: true }),
          dimension('users.flag', { type: 'yesno' }),
          dimension('users.note'),
          dimension('users.seen_time', { type: 'date_time' }),
          dimension('users.__proto__', { label: '__proto__' }),
        ],
        measures: [measure('orders.balance'), measure('orders.tiny'), measure('orders.count')],
        table_calculations: [{ name: 'ratio', label: 'Ratio' }],
      },
      suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'users.key', match_by: 'identity' },
      rows: () => [
        {
          'users.key': 'a',
          'users.big': 9007199254740993n,
          'users.flag': false,
          'users.note': '',
          'users.seen_time': '2026-07-01 08:30:00',
          'users.__proto__': 'polluted',
          'orders.balance': -12.5,
          'orders.tiny': 1.5e-7,
          'orders.count': 0,
          ratio: 0.25,
        },
        {
          'users.key': 'b',
          'users.big': null,
          'users.flag': null,
          'users.note': '€'.repeat(1_500),
          'users.seen_time': '2026-01-01 08:30:00',
          'users.__proto__': null,
          'orders.balance': `<a href='/explore/x?y' class='cell-clickable-content' target='_self'>$1,234.50</a>`,
          'orders.tiny': null,
          'orders.count': null,
          ratio: null,
        },
      ],
    }),
    sampleLook({ id: 'hidden', hiddenFields: ['users.plan'], rows: () => users(3) }),
    sampleLook({
      id: 'newer',
      hiddenFields: ['users.plan'],
      rows: function* () {
        for (const row of users(3)) yield { ...row, 'orders.ltv': 1_000 }
      },
    }),
    sampleLook({ id: 'empty', rows: () => [] }),
    sampleLook({
      id: 'pivot',
      fields: {
        ...FIELDS,
        dimensions: [dimension('users.email')],
        measures: [measure('orders.count')],
        pivots: [dimension('orders.year')],
      },
      hasRowTotals: true,
      pivots: ['2025', '2026'].map((year) => ({
        key: year,
        is_total: false,
        data: { 'orders.year': year },
        metadata: { 'orders.year': { value: year } },
        sort_values: { 'orders.year': year },
      })),
      rows: () => [
        { 'users.email': 'a@b.co', 'orders.count': { '2025': 3, '2026': 0, $$$_row_total_$$$: 3 } },
        { 'users.email': 'c@d.co', 'orders.count': { '2025': null, '2026': -1, $$$_row_total_$$$: -1 } },
      ],
    }),
    sampleLook({
      id: 'twins',
      fields: {
        ...FIELDS,
        dimensions: [
          dimension('users.email'),
          dimension('users.city', { label: 'City' }),
          dimension('stores.city', { label: 'City' }),
        ],
      },
      rows: () => [{ 'users.email': 'a@b.co', 'users.city': 'Rome', 'stores.city': 'Oslo' }],
    }),
    sampleLook({
      id: 'reserved',
      fields: { ...FIELDS, dimensions: [dimension('users.email'), dimension('users.id', { label: 'ID' })] },
      rows: () => [{ 'users.email': 'a@b.co', 'users.id': 7 }],
    }),
    sampleLook({
      id: 'failing',
      errors: [{ message: 'Table not found', message_details: 'no such table', params: '', error_pos: null }],
      rows: () => [],
    }),
  ].map((look) => [look.id, look]),
)

describe.each(ENGINES)('an import on $engine', ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({ database, looks: Object.values(LOOKS) })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })
  afterEach(() => bench.heap.reset())

  const send = (look: string, params: Record<string, string> = {}, options = {}) =>
    bench.looker.deliver(look, { ...LOOKS[look]!.suggestedParams, ...params }, options)

  async function expectAccounted() {
    const row = await bench.newestImport()
    expect(row.state).toBe('finished')
    expect(row.received).toBe(row.delivered + row.rejected + row.skipped + row.superseded)
    return row
  }

  test.each([
    { mode: 'url', format: 'json_detail_lite_stream', headAfterData: false },
    { mode: 'url', format: 'json_detail', headAfterData: true },
    { mode: 'push', format: 'json_detail_lite_stream', headAfterData: false },
    { mode: 'push', format: 'json_detail', headAfterData: true },
  ])('brings every row into Heap by $mode as $format, head last: $headAfterData', async (options) => {
    const record = await send('users', {}, options)
    expect(record).toMatchObject({
      status: 'success',
      message: 'Imported 2,500 of 2,500 rows into Heap environment 11.',
    })
    expect(await expectAccounted()).toMatchObject({ received: 2_500, delivered: 2_500 })
    const stored = bench.heap.users('11')
    expect(stored.size).toBe(2_500)
    expect(stored.get('user1@example.com')).toEqual({
      'Users Plan': 'free',
      'Orders Ltv': -1.5,
    })
    expect(stored.get('user2@example.com')!['Orders Ltv']).toBe(0)
  })

  test('sends batches of at most HEAP_BATCH_SIZE', async () => {
    await send('users')
    expect(bench.heap.requests().requests).toBe(3)
  })

  test('rejects and skips rows by name and reports them as a failure', async () => {
    const record = await send('defects')
    expect(record.status).toBe('failure')
    expect(record.message).toBe(
      'Imported 20 of 24 rows into Heap environment 11. 3 rejected: 1 duplicate join key (row 21), 1 placeholder instead of a join key (such as "null" or "undefined") (row 23), 1 join key longer than 255 characters (row 24). 1 row without a join key skipped.',
    )
    expect(await expectAccounted()).toMatchObject({ received: 24, delivered: 20, rejected: 3, skipped: 1 })
    expect(bench.heap.users('11').get('user3@example.com')!['Users Plan']).toBe('free')
    const { id } = await bench.newestImport()
    expect(
      await bench.app.database.query(
        'select row_number, join_key, reason from rejected_rows where import_id = $1 order by row_number',
        [id],
      ),
    ).toEqual([
      { row_number: 21, join_key: 'user3@example.com', reason: 'join_key_duplicate' },
      { row_number: 23, join_key: 'undefined', reason: 'join_key_placeholder' },
      { row_number: 24, join_key: 'x'.repeat(256), reason: 'join_key_too_long' },
    ])
  })

  test('max_rejected_percent allows rejected rows', async () => {
    expect((await send('defects', { max_rejected_percent: '14' })).status).toBe('success')
    expect((await send('defects', { max_rejected_percent: '13' })).status).toBe('failure')
  })

  test('keeps values: sign, zero, exponent, false, empty text, digits, time zone, hostile names', async () => {
    const record = await send('values')
    expect(record.status).toBe('success')
    expect(record.message).toContain('1 value was longer than 1,023 characters and was cut.')
    expect(record.message).toContain('1 cell came formatted')
    expect(bench.heap.users('11').get('a')).toEqual({
      'Users Big': '9007199254740993',
      'Users Flag': 'false',
      'Users Note': '',
      'Users Seen Time': '2026-07-01T08:30:00-04:00',
      ['__proto__']: 'polluted',
      'Orders Balance': -12.5,
      'Orders Tiny': 1.5e-7,
      'Orders Count': 0,
      Ratio: 0.25,
    })
    expect(bench.heap.users('11').get('b')).toEqual({
      'Users Note': '€'.repeat(1_023),
      'Users Seen Time': '2026-01-01T08:30:00-05:00',
      'Orders Balance': '$1,234.50',
    })
  })

  test('makes a property of each pivot value and of the row total', async () => {
    expect((await send('pivot')).status).toBe('success')
    expect(bench.heap.users('11').get('a@b.co')).toEqual({
      'Orders Count - 2025': 3,
      'Orders Count - 2026': 0,
      'Orders Count - Row Total': 3,
    })
    expect(bench.heap.users('11').get('c@d.co')).toEqual({
      'Orders Count - 2026': -1,
      'Orders Count - Row Total': -1,
    })
  })

  test('leaves out columns that the visualization hides', async () => {
    await send('hidden')
    expect(Object.keys(bench.heap.users('11').get('user1@example.com')!)).toEqual(['Orders Ltv'])
  })

  test('renames and excludes columns by property_names', async () => {
    await send('users', {
      property_names: JSON.stringify({ rename: { 'users.plan': 'Plan' }, exclude: ['orders.ltv'] }),
    })
    expect(bench.heap.users('11').get('user1@example.com')).toEqual({ Plan: 'free' })
  })

  test('sends accounts to the account endpoint', async () => {
    await send('users', { property_type: 'account' })
    expect(bench.heap.accounts('11').size).toBe(2_500)
    expect(bench.heap.users('11').size).toBe(0)
  })

  test('matches users by what is chosen in Heap through the integrations endpoint', async () => {
    const record = await send('hidden', { match_by: 'heap_setup' })
    expect(record.status).toBe('success')
    expect(bench.heap.requests().paths).toEqual(
      expect.objectContaining({ '/api/integrations/add_user_properties': 1 }),
    )
  })

  test('a dry run counts everything and sends nothing', async () => {
    const record = await send('defects', { dry_run: 'yes' })
    expect(record.message).toMatch(
      /^Dry run, nothing was sent: 20 of 24 rows can be imported into Heap environment 11\. 3 rejected/,
    )
    expect(bench.heap.requests().requests).toBe(0)
    await expectAccounted()
  })

  test('an empty Look changes nothing and is no failure', async () => {
    const record = await send('empty')
    expect(record).toMatchObject({
      status: 'success',
      message: 'The Look returned no rows; nothing was changed in Heap.',
    })
    await expectAccounted()
  })

  test('finds the join key by name and by short label, and helps when it does not', async () => {
    expect((await send('hidden', { heap_field: 'users.email' })).status).toBe('success')
    expect((await send('hidden', { heap_field: 'Email' })).status).toBe('success')
    const record = await send('hidden', { heap_field: 'Users Emial' })
    expect(record.status).toBe('failure')
    expect(record.message).toContain('Did you mean "Users Email"')
    expect(record.message).toContain('"Users Email", "Users Plan", "Orders Ltv"')
  })

  test.each([
    ['twins', 'one property "City": "users.city", "stores.city"'],
    ['reserved', 'Column "ID" (users.id)'],
  ])('fails before anything is sent: %s', async (look, text) => {
    const record = await send(look)
    expect(record.status).toBe('failure')
    expect(record.message).toContain(text)
    expect(bench.heap.requests().requests).toBe(0)
    await expectAccounted()
  })

  test('wrong form parameters are named in the failure', async () => {
    const record = await send('users', { env_id: 'eleven', heap_field: ' ' })
    expect(record.status).toBe('failure')
    expect(record.message).toContain('Give the Heap Environment ID: digits only')
    expect(record.message).toContain('Give the column of the Look that is the join key.')
  })

  test.each([
    ['truncated', { kind: 'truncated', afterRows: 1_200 }],
    ['reset', { kind: 'reset', afterRows: 1_200 }],
  ])('a download that is %s is a failure that accounts for what had come', async (_, fault) => {
    const record = await send('users', {}, { fault })
    expect(record.status).toBe('failure')
    const row = await expectAccounted()
    expect(row.received).toBeGreaterThan(0)
    expect(row.delivered).toBe(row.received)
    expect(bench.heap.users('11').size).toBe(row.delivered)
    expect(record.message).toContain('had come before')
    expect(record.message).toContain(`of ${row.received.toLocaleString('en-US')} rows`)
  })

  test.each([
    ['a page instead of data', { kind: 'html' }],
    ['status 500', { kind: 'status', status: 500 }],
    ['status 404', { kind: 'status', status: 404 }],
  ])('%s is a failure', async (_, fault) => {
    const record = await send('users', {}, { fault })
    expect(record.status).toBe('failure')
    expect(record.message).toContain('Nothing was imported.')
    expect(record.message).not.toMatch(/downloads\//)
    await expectAccounted()
  })

  test('errors of the query are a failure with their text', async () => {
    const record = await send('failing')
    expect(record.status).toBe('failure')
    expect(record.message).toContain('Table not found')
    await expectAccounted()
  })

  test('a call without rows is a failure', async () => {
    const record = await send('users', {}, { withoutRows: true })
    expect(record).toMatchObject({ status: 'failure' })
    expect(record.message).toContain('Looker sent no data along.')
  })

  test.each([
    ['429 with seconds', { kind: 'answer', status: 429, retryAfter: { seconds: 1, as: 'seconds' } }],
    ['429 with a date', { kind: 'answer', status: 429, retryAfter: { seconds: 1, as: 'date' } }],
    ['500', { kind: 'answer', status: 500 }],
    ['408', { kind: 'answer', status: 408 }],
    ['a reset before it was stored', { kind: 'reset', stored: false }],
    ['a reset after it was stored', { kind: 'reset', stored: true }],
    ['a cut answer', { kind: 'cut' }],
  ] as const)('retries after %s until all is delivered', async (_, fault) => {
    bench.heap.setFaults({ rules: [{ fault, requests: 1 }] })
    const record = await send('users')
    expect(record.status).toBe('success')
    expect(bench.heap.users('11').size).toBe(2_500)
    expect(await expectAccounted()).toMatchObject({ delivered: 2_500 })
  })

  test('bisects a refused batch until only the guilty rows are rejected', async () => {
    bench.heap.setFaults({
      rules: [{ fault: { kind: 'poison_keys', keys: ['user7@example.com', 'user2100@example.com'] } }],
    })
    const record = await send('users')
    expect(record.status).toBe('failure')
    expect(await expectAccounted()).toMatchObject({ delivered: 2_498, rejected: 2 })
    expect(record.message).toMatch(/2 rejected: 2 rows refused by Heap .*\(rows 7, 2100\)/)
    expect(bench.heap.users('11').size).toBe(2_498)
  })

  test('halves requests that are too large', async () => {
    bench.heap.setFaults({ rules: [{ fault: { kind: 'too_large', bytes: 20_000 } }] })
    expect((await send('users')).status).toBe('success')
    expect(bench.heap.users('11').size).toBe(2_500)
  })

  test('a newer delivery of the plan leaves its own values in Heap, and what it does not carry as it was', async () => {
    await send('users', {}, { planId: '77' })
    const record = await send('newer', {}, { planId: '77' })
    expect(record.status).toBe('success')
    expect(await expectAccounted()).toMatchObject({ received: 3, delivered: 3 })
    const stored = bench.heap.users('11')
    expect(stored.size).toBe(2_500)
    for (const [index, { 'users.email': email, 'users.plan': plan, 'orders.ltv': ltv }] of [
      ...users(2_500),
    ].entries()) {
      expect(stored.get(String(email))).toEqual({ 'Users Plan': plan, 'Orders Ltv': index < 3 ? 1_000 : ltv })
    }
  })
})
