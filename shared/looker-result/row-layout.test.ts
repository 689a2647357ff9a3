import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRowMapper, noNotes } from '../rows/row-mapper.ts'
import { aHeader } from '../testing/columns.ts'
import { isPivotedCell } from './cell-form.ts'
import type { ResultHeader } from './columns.ts'
import type { Row } from './row-keys.ts'
import { createRowLayout } from './row-layout.ts'
import { NOTHING_HIDDEN, readVisualization } from './visualization.ts'

const email = {
  name: 'users.email',
  label: 'Users Email',
  label_short: 'Email',
  field_group_label: 'Contact',
}
const plan = { name: 'users.plan', label: 'Users Plan', label_short: 'Plan' }
const count = { name: 'orders.count', label: 'Orders Count', type: 'count' }
const month = { name: 'orders.month', label: 'Orders Month' }

function seen(header: ResultHeader, rows: readonly Row[], visualization = NOTHING_HIDDEN) {
  const layout = createRowLayout(header, visualization)
  const changes = rows.map((row) => layout.see(row))
  const failed = changes.find((change) => change.kind === 'failed')
  return {
    layout,
    kinds: changes.map(({ kind }) => kind),
    message: failed?.kind === 'failed' ? failed.message : null,
    labels: layout.columns().map(({ label }) => label),
    codes: layout.remarks().map(({ code }) => code),
  }
}

const keysOf = ({ layout }: ReturnType<typeof seen>) => layout.columns().map((column) => layout.keyOf(column))

describe('the cell of a column is found', () => {
  const header = aHeader({ dimensions: [email, plan] })

  test.each([
    ['name', 'users.email'],
    ['label', 'Users Email'],
    ['short label', 'Email'],
    ['group label', 'Contact'],
  ])('by its %s', (_, key) => {
    const result = seen(header, [{ [key]: { value: 'a' }, 'users.plan': { value: 'b' } }])
    expect(keysOf(result)).toEqual([key, 'users.plan'])
    expect(result.codes).toEqual([])
  })

  test('by its name first', () => {
    const row = { Contact: null, Email: null, 'Users Email': null, 'users.email': 1, 'users.plan': 1 }
    expect(keysOf(seen(header, [row]))).toEqual(['users.email', 'users.plan'])
  })

  test('under its label in a later row, though the first row has no cell of it', () => {
    const result = seen(header, [
      { 'users.email': { value: 'a' } },
      { 'users.email': { value: 'b' }, Plan: { value: 'pro' } },
    ])
    expect(result.kinds).toEqual(['same', 'keys'])
    expect(keysOf(result)).toEqual(['users.email', 'Plan'])
  })

  test('in rows that change between keys', () => {
    const result = seen(header, [
      { 'users.email': 'a', 'users.plan': 'x' },
      { Email: 'b', Plan: 'y' },
      { Email: 'c', Plan: 'z' },
      { 'users.email': 'd', 'users.plan': 'x' },
    ])
    expect(result.kinds).toEqual(['same', 'keys', 'same', 'keys'])
  })

  test('and not when two columns share a key', () => {
    const other = { name: 'accounts.email', label: 'Accounts Email', label_short: 'Email' }
    const { message } = seen(aHeader({ dimensions: [email, other] }), [{ Email: { value: 'a' } }])
    expect(message).toContain('users.email and accounts.email')
    expect(message).toContain('"Email"')
  })

  test('and not misled by Object.prototype', () => {
    const odd = { name: 'x.y', label: 'constructor', label_short: 'toString' }
    expect(keysOf(seen(aHeader({ dimensions: [odd] }), [{}]))).toEqual(['x.y'])
  })
})

describe('a key that no column announced', () => {
  const header = aHeader({ dimensions: [email, plan] })

  test.each([1, 2])(
    'is an error in row %d where a column has no cell, which may stand there',
    (rowNumber) => {
      const good = { 'users.email': { value: 'a' }, 'users.plan': { value: 'x' } }
      const odd = { 'users.email': { value: 'a' }, 'Plan of it': { value: 'b' } }
      const { message } = seen(header, [...Array(rowNumber - 1).fill(good), odd])
      expect(message).toContain('"Plan of it"')
      expect(message).toContain(`in row ${rowNumber}`)
    },
  )

  test('is a warning where all columns have cells, and nothing when its cells are empty', () => {
    const row = (value: unknown) => ({ 'users.email': 'a', 'users.plan': 'b', extra: { value } })
    expect(seen(header, [row(null)]).codes).toEqual([])
    const { layout } = seen(header, [row(null), row(1), row(0)])
    expect(layout.remarks()).toEqual([
      expect.objectContaining({ kind: 'warning', code: 'unannounced_cells', count: 2 }),
    ])
  })
})

test('a column without a cell in any row is a warning, unless it is hidden', () => {
  const header = aHeader({ dimensions: [email, plan] })
  expect(seen(header, [{ 'users.email': 'a' }]).codes).toEqual(['columns_without_cells'])
  const hidden = readVisualization({ hidden_fields: ['users.plan'] })
  expect(seen(header, [{ 'users.email': 'a' }], hidden).codes).toEqual([])
  expect(seen(header, []).codes).toEqual([])
})

describe('pivots', () => {
  const announced = aHeader({
    dimensions: [email],
    measures: [count],
    pivotFields: [month],
    pivots: [{ key: '2025-02' }, { key: '2025-01' }],
  })
  const unannounced = aHeader({ dimensions: [email], measures: [count] })
  const row = (cell: unknown): Row => ({ 'users.email': { value: 'ann' }, 'orders.count': cell })

  test('become columns in the order of the head, then of the rows', () => {
    const cell = { '2025-01': { value: 3 }, $$$_row_total_$$$: { value: 3 } }
    expect(seen(announced, [row(cell)]).labels).toEqual([
      'Users Email',
      'Orders Count - 2025-02',
      'Orders Count - 2025-01',
      'Orders Count - Row Total',
    ])
    expect(seen(announced, [row({}), row(cell)]).labels).toHaveLength(4)
  })

  test('are told from the cells when nothing announces them', () => {
    const { labels, codes } = seen(unannounced, [row({ '2025-01': { value: 3 }, '2025-02': null })])
    expect(labels).toEqual(['Users Email', 'Orders Count - 2025-01', 'Orders Count - 2025-02'])
    expect(codes).toEqual([])
  })

  test('do not make a pivoted column of an empty cell', () => {
    const { labels, codes } = seen(announced, [row({}), row({ value: 5 })])
    expect(labels).toEqual(['Users Email', 'Orders Count'])
    expect(codes).toEqual([])
  })

  test.each([
    ['null', null],
    ['a cell of null', { value: null }],
    ['an empty map', {}],
  ])('are seen after %s in the first row', (_what, first) => {
    for (const header of [announced, unannounced]) {
      const result = seen(header, [row(first), row({ '2025-03': { value: 3 } })])
      expect(result.kinds[1]).toBe('columns')
      expect(result.labels).toContain('Orders Count - 2025-03')
    }
  })

  test('may be called value or __proto__', () => {
    const odd = JSON.parse('{"value":{"value":1},"__proto__":{"value":2}}')
    for (const header of [
      aHeader({ dimensions: [email], measures: [count], pivotFields: [month] }),
      unannounced,
    ]) {
      expect(seen(header, [row(odd)]).labels).toEqual([
        'Users Email',
        'Orders Count - value',
        'Orders Count - __proto__',
      ])
    }
  })

  test('that are hidden are marked: whole, for one measure, and the row total', () => {
    const sum = { name: 'orders.sum', label: 'Orders Sum' }
    const header = { ...announced, fields: { ...announced.fields, measures: [count, sum] } }
    const cell = { '2025-01': { value: 1 }, '2025-02': { value: 2 }, $$$_row_total_$$$: { value: 3 } }
    const hiddenOf = (config: object) => {
      const rows = [{ ...row(cell), 'orders.sum': cell }]
      const { layout, codes } = seen(header, rows, readVisualization(config))
      const hidden = layout.columns().filter((column) => column.hidden)
      return { codes, labels: hidden.map(({ label }) => label) }
    }
    const gone = { gone: { is_entire_pivot_hidden: true } }
    expect(hiddenOf({ hidden_pivots: { '2025-01': { is_entire_pivot_hidden: true }, ...gone } })).toEqual({
      codes: ['hidden_pivots_not_found'],
      labels: ['Orders Count - 2025-01', 'Orders Sum - 2025-01'],
    })
    expect(hiddenOf({ hidden_pivots: { '2025-02': { measure_names: ['orders.sum'] } } }).labels).toEqual([
      'Orders Sum - 2025-02',
    ])
    const totals = ['Orders Count - Row Total', 'Orders Sum - Row Total']
    const total = { $$$_row_total_$$$: { is_entire_pivot_hidden: true } }
    expect(hiddenOf({ hidden_pivots: total }).labels).toEqual(totals)
    expect(hiddenOf({ hide_row_totals: true }).labels).toEqual(totals)
  })

  test('a plain value where a map was, and a map where a plain value was, are no silence', () => {
    const map = row({ '2025-01': { value: 3 } })
    const { layout } = seen(announced, [map, row({ value: 5 }), row({ value: null })])
    expect(layout.remarks()).toEqual([expect.objectContaining({ code: 'unknown_cells', count: 1 })])
  })
})

test.each<[unknown, boolean, boolean]>([
  [{ '2025-01': { value: 1 } }, true, true],
  [{ '2025-01': null }, false, false],
  [{ known: null }, true, true],
  [{ known: 5 }, true, true],
  [{}, false, false],
  [{ value: { value: 1 } }, true, false],
  [{ value: { value: 1 }, x: { value: 2 } }, true, true],
  [{ value: { value: 1 }, rendered: '1' }, true, false],
  [{ value: 1 }, false, false],
  [{ value: null }, false, false],
  [{ value: { a: 1 } }, false, false],
  [{ value: [1], rendered: '1' }, false, false],
  [{ rendered: '5' }, false, false],
  [{ rendered: '5', links: [] }, false, false],
  [null, false, false],
  [undefined, false, false],
  [[], false, false],
  ['text', false, false],
  [5, false, false],
])('the cell %j is a map of pivots: %s announced, %s unannounced', (cell, announced, unannounced) => {
  const keys = new Set(['known'])
  expect(isPivotedCell(cell, true, keys)).toBe(announced)
  expect(isPivotedCell(cell, false, keys)).toBe(unannounced)
})

test('every non-null value in a row arrives, or the row fails, or something is said of it', () => {
  const columns = [email, plan, count, { name: 'ratio', label: 'Ratio' }]
  const value = fc.oneof(fc.integer({ min: 1 }), fc.constantFrom('text', true, null))
  const entry = fc.record({ value })
  const pivots = fc.dictionary(fc.constantFrom('2024', '2025', 'value', '__proto__'), fc.oneof(entry, value))
  const cell = fc.oneof(
    { weight: 5, arbitrary: entry },
    value,
    pivots,
    fc.record({ rendered: value }),
    fc.record({ value, links: fc.constant([]) }),
  )
  const keys = columns.flatMap((column) => [column.name, column.label])
  const row = fc.dictionary(fc.constantFrom(...keys, 'Email', 'Plan', 'extra'), cell)
  const header = fc.record({
    pivotFields: fc.subarray([month]),
    pivots: fc.subarray([{ key: '2024' }]),
  })
  fc.assert(
    fc.property(header, fc.array(row, { minLength: 1, maxLength: 4 }), (given, rows) => {
      const head = aHeader({ ...given, dimensions: columns })
      const layout = createRowLayout(head, NOTHING_HIDDEN)
      const notes = noNotes()
      for (const one of rows) {
        const change = layout.see(one)
        if (change.kind === 'failed') return
        const [key, ...others] = layout.columns()
        const properties = others.map((column) => ({ column, name: column.label }))
        const { mapRow } = createRowMapper(key!, properties, layout, null, notes)
        const mapped = mapRow({ ...one, [layout.keyOf(key!)!]: { value: 'someone' } })
        if (mapped.kind !== 'entity') throw new Error('no entity')
        const arrived = mapped.values.filter((item) => item !== undefined).length
        const ownKeys = new Set(keysOfColumn(head.fields.dimensions[0]!))
        const sent = Object.entries(one)
          .filter(([name]) => !ownKeys.has(name))
          .reduce((sum, [, content]) => sum + valuesIn(content), 0)
        const isSaid = layout.remarks().length > 0 || notes.unknown.size > 0
        if (arrived < sent) expect({ one, arrived, isSaid }).toMatchObject({ isSaid: true })
      }
    }),
    { numRuns: 3_000 },
  )
})

/** Texts and numbers in a cell, counted by the shapes of the formats' description and not by the reader's. */
function valuesIn(cell: unknown): number {
  if (cell === null || cell === undefined) return 0
  if (typeof cell !== 'object') return 1
  if ('value' in cell && (typeof cell.value !== 'object' || cell.value === null)) return valuesIn(cell.value)
  if ('rendered' in cell) return valuesIn(cell.rendered)
  return Object.values(cell).reduce((sum: number, entry) => sum + valuesIn(entry), 0)
}

function keysOfColumn(field: { name: string; label?: string | null; label_short?: string | null }): string[] {
  return [field.name, field.label, field.label_short, 'Contact'].filter((text) => typeof text === 'string')
}
