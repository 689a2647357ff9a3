import { describe, expect, test } from 'vitest'
import { aHeader } from '../testing/columns.ts'
import { pivotLabel, ROW_TOTAL_KEY, readColumns } from './columns.ts'

const email = {
  name: 'users.email',
  label: 'Users Email',
  label_short: 'Email',
  field_group_label: null,
  type: 'string',
  is_numeric: false,
}
const created = {
  name: 'users.created_week',
  label: 'Users Created Week',
  label_short: 'Created Week',
  field_group_label: 'Created Date',
  type: 'date_week',
}
const count = { name: 'orders.count', label: 'Orders Count', label_short: 'Count', type: 'count' }
const month = { name: 'orders.created_month', label: 'Orders Created Month', type: 'date_month' }

describe('readColumns', () => {
  test('gives dimensions, measures and table calculations in this order', () => {
    const header = aHeader({
      dimensions: [email, created],
      measures: [count],
      table_calculations: [{ name: 'ratio', label: 'Ratio of it' }],
    })
    expect(readColumns(header, [])).toEqual([
      {
        name: 'users.email',
        label: 'Users Email',
        shortLabel: 'Email',
        groupLabel: null,
        type: 'string',
        isConverted: true,
        hidden: false,
        pivot: null,
      },
      {
        name: 'users.created_week',
        label: 'Users Created Week',
        shortLabel: 'Created Week',
        groupLabel: 'Created Date',
        type: 'date_week',
        isConverted: true,
        hidden: false,
        pivot: null,
      },
      {
        name: 'orders.count',
        label: 'Orders Count',
        shortLabel: 'Count',
        groupLabel: null,
        type: 'count',
        isConverted: true,
        hidden: false,
        pivot: null,
      },
      {
        name: 'ratio',
        label: 'Ratio of it',
        shortLabel: 'Ratio of it',
        groupLabel: null,
        type: null,
        isConverted: true,
        hidden: false,
        pivot: null,
      },
    ])
  })

  test.each([[undefined], [null], [''], ['  ']])(
    'a column with the label %j is called by its name',
    (label) => {
      const field = label === undefined ? { name: 'ratio' } : { name: 'ratio', label, label_short: label }
      const [column] = readColumns(aHeader({ table_calculations: [field] }), [])
      expect(column).toMatchObject({ name: 'ratio', label: 'ratio', shortLabel: 'ratio' })
    },
  )

  test('labels lose the white space around them', () => {
    const field = { name: 'a.b', label: ' A B ', label_short: '\tB', field_group_label: ' G ' }
    const [column] = readColumns(aHeader({ dimensions: [field] }), [])
    expect(column).toMatchObject({ label: 'A B', shortLabel: 'B', groupLabel: 'G' })
  })

  test('marks the columns hidden in the visualization, and only these', () => {
    const columns = readColumns(aHeader({ dimensions: [email], measures: [count] }), [
      'orders.count',
      'gone.x',
    ])
    expect(columns.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['users.email', false],
      ['orders.count', true],
    ])
  })

  test('a pivot dimension is no column, wherever Looker lists it', () => {
    const header = aHeader({ dimensions: [email, month], measures: [count], pivotFields: [month] })
    expect(readColumns(header, []).map(({ name }) => name)).toEqual(['users.email', 'orders.count'])
  })

  test.each(['__proto__', 'constructor'])('a column may be called %s', (name) => {
    const [column] = readColumns(aHeader({ table_calculations: [{ name, label: name }] }), [])
    expect(column).toMatchObject({ name, label: name, hidden: false })
  })
})

test('a column whose times Looker does not convert is marked', () => {
  const fields = [
    { ...created, convert_tz: false },
    { ...email, convert_tz: null },
  ]
  const columns = readColumns(aHeader({ dimensions: fields }), [])
  expect(columns.map(({ isConverted }) => isConverted)).toEqual([false, true])
})

describe('pivotLabel', () => {
  test('of null is the sign of Looker, also when only the key tells', () => {
    const header = aHeader({ pivotFields: [{ name: 'users.tier' }, { name: 'users.city' }] })
    expect(pivotLabel('users.tier___null|FIELD|Paris', header)).toBe('∅, Paris')
  })

  const pivotFields = [month, { name: 'users.country', label: 'Users Country' }]

  test('is the values of the pivots in the order of the pivot fields', () => {
    const data = { 'users.country': 'FR', 'orders.created_month': '2025-01' }
    const header = aHeader({ pivotFields, pivots: [{ key: 'k', data }] })
    expect(pivotLabel('k', header)).toBe('2025-01, FR')
  })

  test('shows null as Looker does, and 0, false and "" as they are', () => {
    const of = (value: unknown) =>
      pivotLabel(
        'k',
        aHeader({ pivotFields: [month], pivots: [{ key: 'k', data: { [month.name]: value } }] }),
      )
    expect(of(null)).toBe('∅')
    expect(of(0)).toBe('0')
    expect(of(false)).toBe('false')
    expect(of('')).toBe('')
  })

  test('is taken from the key where Looker gives no values, or none that can be shown', () => {
    expect(pivotLabel('2025-01', aHeader({ pivotFields }))).toBe('2025-01')
    expect(pivotLabel('2025-01|FIELD|FR', aHeader({ pivotFields }))).toBe('2025-01, FR')
    const withData = (data: Record<string, unknown> | null) =>
      aHeader({ pivotFields, pivots: [{ key: 'a|FIELD|b', data }] })
    expect(pivotLabel('a|FIELD|b', withData(null))).toBe('a, b')
    expect(pivotLabel('a|FIELD|b', withData({ 'users.country': 'FR' }))).toBe('a, b')
    const objects = { 'users.country': { value: 'FR' }, 'orders.created_month': { value: '2025-01' } }
    expect(pivotLabel('a|FIELD|b', withData(objects))).toBe('a, b')
  })

  test('is Row Total for the total, known by its key or by its mark', () => {
    expect(ROW_TOTAL_KEY).toBe('$$$_row_total_$$$')
    expect(pivotLabel('$$$_row_total_$$$', aHeader({ pivotFields }))).toBe('Row Total')
    const data = { 'orders.created_month': null, 'users.country': null }
    const header = aHeader({ pivotFields, pivots: [{ key: 't', is_total: true, data }] })
    expect(pivotLabel('t', header)).toBe('Row Total')
  })

  test('reads no value that Object.prototype has', () => {
    const field = { name: 'constructor', label: 'Constructor' }
    const header = aHeader({ pivotFields: [field], pivots: [{ key: 'k', data: {} }] })
    expect(pivotLabel('k', header)).toBe('k')
    const own = aHeader({
      pivotFields: [{ name: '__proto__' }],
      pivots: [{ key: 'k', data: JSON.parse('{"__proto__":"x"}') }],
    })
    expect(pivotLabel('k', own)).toBe('x')
  })
})
