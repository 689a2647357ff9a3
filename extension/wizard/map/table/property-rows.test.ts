import { describe, expect, test } from 'vitest'
import { columnStats } from '../../../../shared/advice/key/column-stats.ts'
import { createNeighbours } from '../../../../shared/advice/names/property-neighbours.ts'
import { valueHints } from '../../../../shared/advice/values/value-hints.ts'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyNames } from '../../../../shared/rows/property-plan.ts'
import { NO_PROPERTY_NAMES, planProperties } from '../../../../shared/rows/property-plan.ts'
import { aColumn } from '../../../../shared/testing/columns.ts'
import { included, prefixed, renamed } from './property-edits.ts'
import { propertyRows } from './property-rows.ts'

const email = aColumn({ name: 'users.email', label: 'Users Email', shortLabel: 'Email' })
const plan = aColumn({ name: 'users.plan', label: 'Users Plan', shortLabel: 'Plan' })
const id = aColumn({ name: 'users.id', label: 'ID', shortLabel: 'ID' })
const hidden = aColumn({ name: 'users.note', label: 'Users Note', hidden: true })
const count = (key: string) =>
  aColumn({ name: 'orders.count', label: `Orders Count - ${key}`, pivot: { key, label: key } })

function sampledColumn(column: Column, values: unknown[] = ['a@x', 'b@x']) {
  const hints = valueHints(values, column)
  return { column, stats: columnStats(values), facts: undefined, hints }
}

function rowsOf(columns: Column[], names: PropertyNames = NO_PROPERTY_NAMES, joinKey = id) {
  return rowsOfSampled(
    columns.map((column) => sampledColumn(column)),
    { joinKey, names },
  )
}

type Mapping = Parameters<typeof propertyRows>[1]

function rowsOfSampled(sampled: ReturnType<typeof sampledColumn>[], change: Partial<Mapping> = {}) {
  const mapping = {
    joinKey: id,
    names: NO_PROPERTY_NAMES,
    propertyType: 'user',
    neighboursOf: () => [],
  } as const
  return propertyRows(sampled, { ...mapping, ...change })
}

describe('the table of properties', () => {
  test('says what becomes of each column', () => {
    const names = { rename: {}, exclude: ['users.plan'] }
    expect(rowsOf([id, email, plan, hidden], names).map(({ name, state }) => [name, state])).toEqual([
      ['users.id', 'join_key'],
      ['users.email', 'imported'],
      ['users.plan', 'excluded'],
      ['users.note', 'hidden'],
    ])
  })

  test('has a pivoted field once, with all its properties', () => {
    const [row] = rowsOf([count('2024'), count('2025')], {
      rename: { 'orders.count': 'Orders' },
      exclude: [],
    })
    expect(row).toMatchObject({
      label: 'Orders Count',
      property: 'Orders',
      properties: ['Orders - 2024', 'Orders - 2025'],
    })
  })

  test('has of a pivoted field only what the Look shows, whichever of its columns are hidden', () => {
    const hiddenCount = (key: string) => ({ ...count(key), hidden: true })
    const columns = [id, hiddenCount('2023'), count('2024'), hiddenCount('2025')]
    const names = { rename: { 'orders.count': 'Orders' }, exclude: [] }
    const [, row] = rowsOf(columns, names)
    expect(row).toMatchObject({
      state: 'imported',
      columns: [{ pivot: { key: '2024' } }],
      hiddenColumns: [{ pivot: { key: '2023' } }, { pivot: { key: '2025' } }],
      properties: ['Orders - 2024'],
      hints: [
        {
          level: 'note',
          text: `"2023", "2025" are hidden in the Look's visualization, so not imported.`,
        },
      ],
    })
    const planned = planProperties(columns, id, names)
    expect(planned.kind === 'planned' && planned.properties.map(({ name }) => name)).toEqual(row?.properties)
    expect(rowsOf([count('2024'), hiddenCount('2025')])[0]).toMatchObject({
      properties: ['Orders Count - 2024'],
    })
    expect(rowsOf([hiddenCount('2024'), hiddenCount('2025')])[0]).toMatchObject({
      state: 'hidden',
      hiddenColumns: [],
    })
  })

  test('has values of hidden columns nowhere', () => {
    const sampled = [
      sampledColumn({ ...count('2024'), hidden: true }, ['x'.repeat(2000)]),
      sampledColumn(count('2025'), ['a']),
    ]
    const [row] = rowsOfSampled(sampled)
    expect(row?.examples).toEqual(['a'])
    expect(row?.hints.map(({ text }) => text)).toEqual([expect.stringMatching(/^"2024" is hidden/)])
  })

  test('shows each problem where it stands', () => {
    const names = { rename: { 'users.plan': 'Same', 'users.email': 'Same', 'users.id': 'id' }, exclude: [] }
    const key = aColumn({ name: 'users.key', label: 'Key' })
    const rows = rowsOf([id, email, plan], names, key)
    expect(rows.map(({ problems }) => problems)).toEqual([
      ['Heap keeps the name "id" for itself. Give it another name or leave it out.'],
      ['The name of "users.plan", too. Rename or leave out all but one.'],
      ['The name of "users.email", too. Rename or leave out all but one.'],
    ])
  })

  test('has a problem exactly where the server would refuse', () => {
    for (const name of ['Fine', '', ' ', 'ID', 'user_id', 'x'.repeat(1024), 'Users Email']) {
      const names = { rename: { 'users.plan': name }, exclude: [] }
      const refused = planProperties([id, email, plan], id, names).kind === 'failed'
      expect(rowsOf([id, email, plan], names).some(({ problems }) => problems.length > 0)).toBe(refused)
    }
  })

  test("offers Heap's own Email property", () => {
    const suggestionFor = (property: string) =>
      rowsOf([email], { rename: { 'users.email': property }, exclude: [] })[0]?.suggestion
    expect(rowsOf([email])[0]?.suggestion).toBe('email')
    expect(suggestionFor('Email')).toBe('email')
    expect(suggestionFor('email')).toBeNull()
    expect(suggestionFor('Work address')).toBeNull()
  })

  test('says what is wrong with its values, and once for all columns of a pivot', () => {
    const amounts = ['$1,234', '$5']
    const [row] = rowsOfSampled([
      sampledColumn(count('2024'), amounts),
      sampledColumn(count('2025'), amounts),
    ])
    expect(row?.hints).toEqual([
      { level: 'attention', text: expect.stringContaining('Numbers written as text') },
    ])
  })

  test('says which other sync writes a property, or one that looks alike', () => {
    const neighboursOf = createNeighbours([{ property: 'users plan', sync: 'Billing' }])
    const textsOf = (property: string) =>
      rowsOfSampled([sampledColumn(plan)], {
        names: { rename: { 'users.plan': property }, exclude: [] },
        neighboursOf,
      })[0]?.hints.map(({ text }) => text)
    expect(textsOf('Users Plan')).toEqual([expect.stringContaining('writes "users plan", which is another')])
    expect(textsOf('users plan')).toEqual([
      expect.stringContaining('The sync "Billing" writes this property, too'),
    ])
    expect(textsOf('Tariff')).toEqual([])
  })

  test('has no key where none is chosen', () => {
    expect(rowsOfSampled([sampledColumn(id)], { joinKey: null })).toMatchObject([
      { state: 'imported', canBeKey: true, filled: '100 %', distinct: '100 %' },
    ])
    expect(rowsOf([count('2024')])[0]?.canBeKey).toBe(false)
  })
})

describe('an edit', () => {
  const row = rowsOf([plan])[0]!

  test('names the property, and back', () => {
    const names = renamed(NO_PROPERTY_NAMES, row, 'plan')
    expect(names).toEqual({ rename: { 'users.plan': 'plan' }, exclude: [] })
    expect(renamed(names, row, 'Users Plan')).toEqual(NO_PROPERTY_NAMES)
  })

  test('replaces a prefix in all names that begin so, also in those that were changed', () => {
    const rows = rowsOf([email, plan, count('2024')], {
      rename: { 'users.email': 'Users Address' },
      exclude: [],
    })
    const names = prefixed({ rename: { 'users.email': 'Users Address' }, exclude: [] }, rows, 'Users ', '')
    expect(names.rename).toEqual({ 'users.email': 'Address', 'users.plan': 'Plan' })
    expect(prefixed(names, rowsOf([email, plan], names), 'Plan', '').rename).toEqual(names.rename)
  })

  test('leaves columns out and takes them in, and no others', () => {
    const rows = rowsOf([id, email, plan, hidden])
    const without = included(NO_PROPERTY_NAMES, rows, false)
    expect(without.exclude).toEqual(['users.email', 'users.plan'])
    expect(included(without, rows, true)).toEqual(NO_PROPERTY_NAMES)
    expect(included({ rename: {}, exclude: ['gone'] }, rows, true).exclude).toEqual(['gone'])
  })
})
