import { describe, expect, test } from 'vitest'
import { columnStats } from '../../../shared/advice/key/column-stats.ts'
import type { Column } from '../../../shared/looker-result/columns.ts'
import type { PropertyNames } from '../../../shared/rows/property-plan.ts'
import { NO_PROPERTY_NAMES, planProperties } from '../../../shared/rows/property-plan.ts'
import { aColumn } from '../../../shared/testing/columns.ts'
import { included, renamed } from './property-edits.ts'
import { propertyRows } from './property-rows.ts'

const email = aColumn({ name: 'users.email', label: 'Users Email', shortLabel: 'Email' })
const plan = aColumn({ name: 'users.plan', label: 'Users Plan', shortLabel: 'Plan' })
const id = aColumn({ name: 'users.id', label: 'ID', shortLabel: 'ID' })
const hidden = aColumn({ name: 'users.note', label: 'Users Note', hidden: true })
const count = (key: string) =>
  aColumn({ name: 'orders.count', label: `Orders Count - ${key}`, pivot: { key, label: key } })

function rowsOf(columns: Column[], names: PropertyNames = NO_PROPERTY_NAMES, joinKey = id) {
  const sampled = columns.map((column) => ({ column, stats: columnStats(['a', 'b']), facts: undefined }))
  return propertyRows(sampled, joinKey, names, 'user')
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
      hints: [`"2023", "2025" are hidden in the Look's visualization, so not imported.`],
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
    const of = (values: string[], hidden: boolean, key: string) => ({
      column: { ...count(key), hidden },
      stats: columnStats(values),
      facts: undefined,
    })
    const sampled = [of(['x'.repeat(2000)], true, '2024'), of(['a'], false, '2025')]
    const [row] = propertyRows(sampled, id, NO_PROPERTY_NAMES, 'user')
    expect(row?.examples).toEqual(['a'])
    expect(row?.hints).toEqual([expect.stringMatching(/^"2024" is hidden/)])
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

  test('counts values that would be cut', () => {
    const stats = columnStats(['x'.repeat(2000)])
    const [row] = propertyRows([{ column: plan, stats, facts: undefined }], id, NO_PROPERTY_NAMES, 'user')
    expect(row?.hints).toEqual([expect.stringContaining('1 sample value longer than 1,023 characters')])
  })
})

describe('an edit', () => {
  const row = rowsOf([plan])[0]!

  test('names the property, and back', () => {
    const names = renamed(NO_PROPERTY_NAMES, row, 'plan')
    expect(names).toEqual({ rename: { 'users.plan': 'plan' }, exclude: [] })
    expect(renamed(names, row, 'Users Plan')).toEqual(NO_PROPERTY_NAMES)
  })

  test('leaves columns out and takes them in, and no others', () => {
    const rows = rowsOf([id, email, plan, hidden])
    const without = included(NO_PROPERTY_NAMES, rows, false)
    expect(without.exclude).toEqual(['users.email', 'users.plan'])
    expect(included(without, rows, true)).toEqual(NO_PROPERTY_NAMES)
    expect(included({ rename: {}, exclude: ['gone'] }, rows, true).exclude).toEqual(['gone'])
  })
})
