import { describe, expect, test } from 'vitest'
import { aColumn } from '../testing/columns.ts'
import { findJoinKeyColumn } from './join-key-column.ts'

const email = aColumn({ name: 'users.email', label: 'Users Email', shortLabel: 'Email' })
const userName = aColumn({ name: 'users.name', label: 'Users Name', shortLabel: 'Name' })
const accountName = aColumn({ name: 'accounts.name', label: 'Accounts Name', shortLabel: 'Name' })
const columns = [userName, email, accountName]

function messageFor(wanted: string, of = columns): string {
  const found = findJoinKeyColumn(of, wanted)
  if (found.kind !== 'failed') throw new Error(`found ${found.column.name}`)
  return found.message
}

describe('the join key column is found', () => {
  test.each(['Users Email', 'users.email', 'Email'])('by label, name or short label: %s', (wanted) => {
    expect(findJoinKeyColumn(columns, wanted)).toEqual({ kind: 'found', column: email })
  })

  test('by label before name, and by name before short label', () => {
    const byShort = aColumn({ name: 'a.x', label: 'A', shortLabel: 'key' })
    const byName = aColumn({ name: 'key', label: 'B' })
    const byLabel = aColumn({ name: 'c.x', label: 'key', shortLabel: 'C' })
    expect(findJoinKeyColumn([byShort, byName, byLabel], 'key')).toEqual({ kind: 'found', column: byLabel })
    expect(findJoinKeyColumn([byShort, byName], 'key')).toEqual({ kind: 'found', column: byName })
    expect(findJoinKeyColumn([byShort], 'key')).toEqual({ kind: 'found', column: byShort })
  })

  test('even when it is hidden in the visualization', () => {
    const hidden = aColumn({ name: 'users.id', label: 'Users ID', hidden: true })
    expect(findJoinKeyColumn([email, hidden], 'Users ID')).toEqual({ kind: 'found', column: hidden })
  })

  test.each(['__proto__', 'constructor', 'toString'])('when it is called %s', (name) => {
    const odd = aColumn({ name })
    expect(findJoinKeyColumn([email, odd], name)).toEqual({ kind: 'found', column: odd })
    expect(findJoinKeyColumn([email], name).kind).toBe('failed')
  })
})

describe('an ambiguous name', () => {
  test('of a short label is a failure that gives the names to use instead', () => {
    const message = messageFor('Name')
    expect(message).toContain('2 columns of the Look are called "Name"')
    expect(message).toContain('"users.name", "accounts.name"')
  })

  test('of a label is a failure, also when another column has it as name', () => {
    const twins = [aColumn({ name: 'a.x', label: 'Twin' }), aColumn({ name: 'b.x', label: 'Twin' })]
    expect(messageFor('Twin', [...twins, aColumn({ name: 'Twin', label: 'C' })])).toContain('"a.x", "b.x"')
    expect(findJoinKeyColumn(twins, 'b.x')).toEqual({ kind: 'found', column: twins[1] })
  })
})

describe('an unknown column', () => {
  test('is a failure that lists the columns that exist', () => {
    const message = messageFor('Postal code of the office')
    expect(message).toContain('no column "Postal code of the office"')
    expect(message).toContain('"Users Name", "Users Email", "Accounts Name"')
    expect(message).not.toContain('Did you mean')
  })

  test.each([
    ['users email', 'Users Email'],
    ['EMAIL', 'Users Email'],
    ['User Email', 'Users Email'],
    ['user.email', 'Users Email'],
    ['Account Name', 'Accounts Name'],
  ])('%s is close to %s, which comes first', (wanted, label) => {
    expect(messageFor(wanted)).toContain(`Did you mean "${label}"`)
  })

  test('is close whatever the case of either', () => {
    const shouting = aColumn({ name: 'x.y', label: 'POSTAL CODE' })
    expect(messageFor('Postal Code', [shouting])).toContain('Did you mean "POSTAL CODE"?')
    expect(messageFor('postal code', [shouting])).toContain('Did you mean "POSTAL CODE"?')
  })

  test('names at most three close columns and at most thirty in all', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      aColumn({ name: `v.c${index}`, label: `Column ${index}` }),
    )
    const message = messageFor('Column 99', many)
    const hint = /Did you mean (.*?)\?/.exec(message)?.[1] ?? ''
    expect(hint.split(', ')).toHaveLength(3)
    expect(message).toMatch(/"Column 29" and 10 more\.$/)
  })

  test('in a Look without columns says so', () => {
    expect(messageFor('Email', [])).toContain('The Look has no columns.')
  })
})

test('a pivoted column has several values in a row and is neither found nor offered', () => {
  const pivoted = aColumn({
    name: 'orders.count',
    label: 'Orders - 2025',
    pivot: { key: '2025', label: '2025' },
  })
  for (const wanted of ['Orders - 2025', 'orders.count']) {
    const message = messageFor(wanted, [email, pivoted])
    expect(message).toContain('The Look has these columns: "Users Email".')
  }
})

test('a wrong name is not compared with names without end', () => {
  const endless = Array.from({ length: 20_000 }, (_, index) =>
    aColumn({ name: `c${index}`, label: 'x'.repeat(5_000), shortLabel: 'y' }),
  )
  expect(messageFor('z'.repeat(1_023), endless)).toContain('The Look has no column')
})
