import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPivotedCell } from '../looker-result/cell-form.ts'
import type { Column } from '../looker-result/columns.ts'
import type { Row } from '../looker-result/row-keys.ts'
import { createRowLayout } from '../looker-result/row-layout.ts'
import { NOTHING_HIDDEN } from '../looker-result/visualization.ts'
import { aColumn, aHeader } from '../testing/columns.ts'
import { NO_PROPERTY_NAMES, planProperties } from './property-plan.ts'
import { createRowMapper } from './row-mapper.ts'

const email = aColumn({
  name: 'users.email',
  label: 'Users Email',
  shortLabel: 'Email',
  groupLabel: 'Contact',
})
const plan = aColumn({ name: 'users.plan', label: 'Users Plan', shortLabel: 'Plan' })
const seats = aColumn({ name: 'users.seats', label: 'Users Seats', shortLabel: 'Seats', type: 'number' })

/** Cells under the names of their columns; a map of pivots is told by its look. */
const byName = {
  keyOf: (column: Column): string | undefined => column.name,
  isPivoted: (cell: unknown) => isPivotedCell(cell, true, new Set(['2025-01'])),
}

/** A mapper for columns of which the first is the join key. */
function mapperFor(columns: Column[], timezone: string | null = null) {
  const [joinKey, ...others] = columns
  const properties = others.map((column) => ({ column, name: column.label }))
  return createRowMapper(joinKey!, properties, byName, timezone)
}

const row = (json: string): Row => JSON.parse(json)
const entity = (joinKey: string, ...values: (string | number | null | undefined)[]) => ({
  kind: 'entity',
  joinKey,
  values,
})

describe('a row', () => {
  test('becomes an entity, with values in the order of the properties', () => {
    const { mapRow } = mapperFor([email, seats, plan])
    const cells =
      '{"users.plan":{"value":"Pro"},"users.email":{"value":" ann@x.io "},"users.seats":{"value":-12.5}}'
    expect(mapRow(row(cells))).toEqual(entity('ann@x.io', -12.5, 'Pro'))
  })

  test('keeps false, 0 and "" as values, and tells what is empty', () => {
    const { mapRow } = mapperFor([email, plan])
    const of = (value: string) => mapRow(row(`{"users.email":{"value":1},"users.plan":{"value":${value}}}`))
    expect(of('false')).toEqual(entity('1', 'false'))
    expect(of('0')).toEqual(entity('1', 0))
    expect(of('""')).toEqual(entity('1', ''))
    expect(of('null')).toEqual(entity('1', null))
    expect(of('1e400')).toEqual(entity('1', undefined))
    expect(of('1.5e-7')).toEqual(entity('1', 1.5e-7))
  })

  test('never takes anything but the value of a cell, and counts the cells without one', () => {
    const { mapRow, notes } = mapperFor([email, plan])
    const cell = '{"value":null,"rendered":"Pro","html":"<b>Pro</b>","filterable_value":"0.0","links":[]}'
    expect(mapRow(row(`{"users.email":{"value":"a"},"users.plan":${cell}}`))).toEqual(entity('a', null))
    const zero = '{"value":0,"filterable_value":"0.0"}'
    expect(mapRow(row(`{"users.email":{"value":"a"},"users.plan":${zero}}`))).toEqual(entity('a', 0))
    const none = '{"filterable_value":"x"}'
    expect(mapRow(row(`{"users.email":{"value":"a"},"users.plan":${none}}`))).toEqual(entity('a', undefined))
    expect(mapRow(row(`{"users.email":${none},"users.plan":${zero}}`))).toMatchObject({
      kind: 'refused',
      reason: 'join_key_not_a_value',
    })
    expect(notes.unknown).toEqual(new Map([['users.plan', 1]]))
  })

  test('may have bare values, and lack cells', () => {
    const { mapRow } = mapperFor([email, plan, seats])
    expect(mapRow(row('{"users.email":"a","users.seats":0}'))).toEqual(entity('a', undefined, 0))
    expect(mapRow(row('{"users.email":"a","users.plan":null}'))).toEqual(entity('a', null, undefined))
    expect(mapRow(row('{"users.email":"a","users.plan":{}}'))).toEqual(entity('a', null, undefined))
    expect(mapRow(row('{"users.email":"a","users.plan":[1]}'))).toEqual(entity('a', '[1]', undefined))
  })

  test('without a usable join key says why', () => {
    const { mapRow } = mapperFor([email, plan])
    const of = (value: unknown) => mapRow({ 'users.email': { value }, 'users.plan': { value: 'x' } })
    expect(of(null)).toEqual({ kind: 'missing' })
    expect(of(' ')).toEqual({ kind: 'missing' })
    expect(mapRow({ 'users.plan': { value: 'x' } })).toEqual({ kind: 'missing' })
    expect(of('undefined')).toEqual({ kind: 'refused', reason: 'join_key_placeholder', key: 'undefined' })
    expect(of('k'.repeat(256))).toEqual({
      kind: 'refused',
      reason: 'join_key_too_long',
      key: 'k'.repeat(256),
    })
    expect(of({ a: 1 })).toEqual({ kind: 'refused', reason: 'join_key_not_a_value', key: '{"a":1}' })
    expect(of(0)).toEqual(entity('0', 'x'))
  })

  test('keeps the digits of integers that came as text, as key and as value', () => {
    const { mapRow } = mapperFor([email, plan])
    const cells = {
      'users.email': { value: '9007199254740993' },
      'users.plan': { value: '-90071992547409931' },
    }
    expect(mapRow(cells)).toEqual(entity('9007199254740993', '-90071992547409931'))
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('may have cells under %s', (name) => {
    const odd = aColumn({ name })
    const asValue = mapperFor([email, odd])
    const own = row(`{"users.email":{"value":"a"},${JSON.stringify(name)}:{"value":"mine"}}`)
    expect(asValue.mapRow(own)).toEqual(entity('a', 'mine'))
    expect(asValue.mapRow({ 'users.email': { value: 'a' } })).toEqual(entity('a', undefined))
    const asKey = mapperFor([odd, email])
    expect(asKey.mapRow(own)).toEqual(entity('mine', 'a'))
    expect(asKey.mapRow({ 'users.email': { value: 'a' } })).toEqual({ kind: 'missing' })
  })
})

test('a column whose cells stand nowhere has no values; without a join key every row is skipped', () => {
  const properties = [{ column: plan, name: 'Plan' }]
  const cells = { 'users.email': { value: 'a' }, 'users.plan': { value: 'b' }, undefined: { value: 'c' } }
  const withoutPlan = createRowMapper(
    email,
    properties,
    { ...byName, keyOf: (column) => (column === email ? 'users.email' : undefined) },
    null,
  )
  expect(withoutPlan.mapRow(cells)).toEqual(entity('a', undefined))
  const withoutKey = createRowMapper(
    email,
    properties,
    { ...byName, keyOf: (column) => (column === plan ? 'users.plan' : undefined) },
    null,
  )
  expect(withoutKey.mapRow(cells)).toEqual({ kind: 'missing' })
})

describe('times', () => {
  const signup = aColumn({ name: 'users.signup_time', label: 'Signup', type: 'date_time' })
  const note = aColumn({ name: 'users.note', label: 'Note', type: 'string' })
  const cells = {
    'users.email': { value: '2026-07-05 14:30:00' },
    'users.signup_time': { value: '2026-07-05 14:30:00' },
    'users.note': { value: '2026-07-05 14:30:00' },
  }

  test('get the offset of the query in time columns, and in no others', () => {
    const { mapRow } = mapperFor([email, signup, note], 'Europe/Berlin')
    expect(mapRow(cells)).toEqual(
      entity('2026-07-05 14:30:00', '2026-07-05T14:30:00+02:00', '2026-07-05 14:30:00'),
    )
  })

  test('that Looker did not convert get no offset of the zone they are not in', () => {
    const { mapRow } = mapperFor([email, { ...signup, isConverted: false }], 'Europe/Berlin')
    expect(mapRow(cells)).toEqual(entity('2026-07-05 14:30:00', '2026-07-05T14:30:00'))
  })

  test.each([[null], ['Mars/Olympus']])('in the time zone %s get none', (zone) => {
    const { mapRow } = mapperFor([email, signup], zone)
    expect(mapRow(cells)).toEqual(entity('2026-07-05 14:30:00', '2026-07-05T14:30:00'))
  })
})

describe('pivots', () => {
  const month = { name: 'orders.month', label: 'Orders Month' }
  const count = aColumn({ name: 'orders.count', label: 'Orders Count', type: 'count' })
  const header = aHeader({
    dimensions: [{ name: 'users.email', label: 'Users Email' }],
    measures: [{ name: 'orders.count', label: 'Orders Count', type: 'count' }],
    pivotFields: [month],
    pivots: [{ key: '2025-01' }, { key: '2025-02' }],
  })
  const rows = [
    {
      'users.email': { value: 'a' },
      'orders.count': { '2025-01': { value: 0 }, $$$_row_total_$$$: { value: 7 } },
    },
    {
      'users.email': { value: 'b' },
      'orders.count': { '2025-01': { value: null }, '2025-02': { value: 5 } },
    },
    { 'users.email': { value: 'c' } },
    { 'users.email': { value: 'd' }, 'orders.count': { value: 4 } },
    { 'users.email': { value: 'e' }, 'orders.count': { '2025-01': 3, '2025-02': null } },
    { 'users.email': { value: 'f' }, 'orders.count': null },
  ]
  const layout = createRowLayout(header, NOTHING_HIDDEN)
  for (const row of rows) layout.see(row as Row)
  const planned = planProperties(layout.columns(), email, NO_PROPERTY_NAMES)
  if (planned.kind === 'failed') throw new Error(planned.message)
  const { mapRow } = createRowMapper(email, planned.properties, layout, null)

  test('become one property per pivot value, and the row total', () => {
    expect(planned.properties.map(({ name }) => name)).toEqual([
      'Orders Count - 2025-01',
      'Orders Count - 2025-02',
      'Orders Count - Row Total',
    ])
    expect(mapRow(rows[0]!)).toEqual(entity('a', 0, undefined, 7))
    expect(mapRow(rows[1]!)).toEqual(entity('b', null, 5, undefined))
  })

  test('have no value where the row has no map of pivots', () => {
    expect(mapRow(rows[2]!)).toEqual(entity('c', undefined, undefined, undefined))
    expect(mapRow(rows[3]!)).toEqual(entity('d', undefined, undefined, undefined))
    expect(mapRow(rows[5]!)).toEqual(entity('f', undefined, undefined, undefined))
  })

  test('may hold bare values', () => {
    expect(mapRow(rows[4]!)).toEqual(entity('e', 3, null, undefined))
  })

  test.each(['value', '__proto__', 'constructor'])('may have the key %s', (key) => {
    const pivoted = { ...count, pivot: { key, label: key } }
    const odd = mapperFor([email, pivoted])
    const cells = `{"users.email":{"value":"a"},"orders.count":{${JSON.stringify(key)}:{"value":3}}}`
    expect(odd.mapRow(row(cells))).toEqual(entity('a', 3))
    const other = '{"users.email":{"value":"a"},"orders.count":{"x":{"value":3}}}'
    expect(odd.mapRow(row(other))).toEqual(entity('a', undefined))
  })
})

test('cut and unwrapped cells of all rows are counted, those of the join key as well', () => {
  const link = (text: string) => `<a href='/explore/x' class='cell-clickable-content'>${text}</a>`
  const { mapRow, notes } = mapperFor([email, plan, seats])
  expect(notes).toEqual({ cut: 0, unwrapped: 0, broken: 0, unknown: new Map() })
  mapRow({ 'users.email': 'a', 'users.plan': 'x'.repeat(1024), 'users.seats': 'y'.repeat(1023) })
  mapRow({ 'users.email': link('b'), 'users.plan': link('Pro'), 'users.seats': 5 })
  expect(notes).toEqual({ cut: 1, unwrapped: 2, broken: 0, unknown: new Map() })
})

test('every row of plain values comes out as it went in', () => {
  const cell = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ maxLength: 30 }).filter((text) => !text.startsWith('<a ')),
    fc.constant(null),
    fc.boolean(),
  )
  const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'value')), {
    minLength: 1,
    maxLength: 6,
  })
  const table = names.chain((all) =>
    fc.record({ all: fc.constant(all), cells: fc.tuple(...all.map(() => cell)), bare: fc.boolean() }),
  )
  fc.assert(
    fc.property(table, ({ all, cells, bare }) => {
      const columns = [email, ...all.filter((name) => name !== email.name).map((name) => aColumn({ name }))]
      const pairs = all.map((name, index) => {
        const value = JSON.stringify(cells[index])
        return `${JSON.stringify(name)}:${bare ? value : `{"value":${value}}`}`
      })
      const mapped = mapperFor(columns).mapRow(row(`{"users.email":"key",${pairs.join(',')}}`))
      // JSON.stringify writes -0 as 0.
      const expected = cells.map((value) =>
        typeof value === 'boolean' ? String(value) : value === 0 ? 0 : value,
      )
      expect(mapped).toEqual(entity('key', ...expected))
    }),
  )
})
