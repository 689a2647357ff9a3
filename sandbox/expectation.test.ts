import { describe, expect, it } from 'vitest'
import { expectEntities, findDifferences } from './expectation.ts'
import { crmUsers } from './looker/looks/crm-users.ts'
import { crmUsersWithDefects, knownDefect, knownDefectCounts } from './looker/looks/crm-users-with-defects.ts'
import { hiddenColumn } from './looker/looks/hidden-column.ts'

describe('expectEntities', () => {
  it('expects every row under its join key, by label, without nulls', () => {
    const expected = expectEntities(crmUsers, 'users.email')
    expect(expected.size).toBe(10_000)
    expect(expected.get('person-00011@example.com')).not.toHaveProperty('Users Employer')
    expect(expected.get('person-00001@example.com')).toMatchObject({
      'Users Beta Enabled (Yes / No)': 'No',
      'Orders Count': expect.any(Number),
    })
  })

  it('expects no hidden column', () => {
    const [properties] = expectEntities(hiddenColumn, 'users.email').values()
    expect(properties).not.toHaveProperty('Users Income')
  })

  it('expects all rows but those with a known defect', () => {
    const rows = [...crmUsersWithDefects.rows()]
    const expected = expectEntities(
      crmUsersWithDefects,
      'users.email',
      (row) => knownDefect(row) === undefined,
    )
    const { duplicate, 'too long': tooLong, placeholder, missing } = knownDefectCounts()
    expect({ duplicate, tooLong, placeholder, missing }).toEqual({
      duplicate: 7,
      tooLong: 3,
      placeholder: 5,
      missing: 4,
    })
    expect(expected.size).toBe(10_000 - 19)
    // Independently of where the defects were put: that many keys are distinct, short, and no placeholder.
    const keys = rows.map((row) => row['users.email']).filter((key) => typeof key === 'string')
    const good = keys.map((key) => key.trim()).filter((key) => key.length <= 255 && key.includes('@'))
    expect(new Set(good).size).toBe(expected.size)
    expect([...new Set(good)].every((key) => expected.has(key))).toBe(true)
  })
})

describe('findDifferences', () => {
  const expected = new Map([['a', { Plan: 'Pro', Seats: 0 }]])

  it('finds none when all is alike', () => {
    expect(findDifferences(new Map([['a', { Plan: 'Pro', Seats: 0 }]]), expected)).toEqual([])
  })

  it.each([
    ['a missing entity', new Map(), ['a is missing in Heap']],
    [
      'another entity',
      new Map([
        ['a', { Plan: 'Pro', Seats: 0 }],
        ['b', {}],
      ]),
      ['b is in Heap and should not be'],
    ],
    ['another value', new Map([['a', { Plan: 'Pro', Seats: '0' }]]), ['a: Seats is "0", expected 0']],
    ['a missing value', new Map([['a', { Plan: 'Pro' }]]), ['a: Seats is missing, expected 0']],
    ['another property', new Map([['a', { Plan: 'Pro', Seats: 0, x: 1 }]]), ['a: x is 1, expected missing']],
  ])('finds %s', (_what, held, differences) => {
    expect(findDifferences(held as Map<string, Record<string, unknown>>, expected)).toEqual(differences)
  })

  it('stops at the limit', () => {
    const many = new Map(Array.from({ length: 50 }, (_, index) => [String(index), {}]))
    expect(findDifferences(many, new Map(), 3)).toHaveLength(3)
  })
})
