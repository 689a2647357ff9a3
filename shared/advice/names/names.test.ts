import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aColumn } from '../../testing/columns.ts'
import { suggestsEmail } from './email-property.ts'
import { replacePrefix, sharedPrefixes } from './name-prefixes.ts'
import { createNeighbours, neighbourText } from './property-neighbours.ts'

describe('prefixes', () => {
  test('are what several names begin with, up to a space', () => {
    expect(sharedPrefixes(['Users LTV Tier', 'Users LTV', 'Users Plan', 'Orders Count', 'Email'])).toEqual([
      { prefix: 'Users ', count: 3 },
    ])
    expect(sharedPrefixes(['CRM Users A', 'CRM Users B'])).toEqual([{ prefix: 'CRM Users ', count: 2 }])
    expect(sharedPrefixes(['Users', 'Users ', 'Plan'])).toEqual([])
  })

  test('are removed or replaced, and never a whole name', () => {
    expect(replacePrefix('Users LTV Tier', 'Users ', '')).toBe('LTV Tier')
    expect(replacePrefix('Users LTV Tier', 'Users ', 'CRM ')).toBe('CRM LTV Tier')
    expect(replacePrefix('Orders Count', 'Users ', '')).toBe('Orders Count')
    expect(replacePrefix('Users ', 'Users ', '')).toBe('Users ')
  })

  test('found can be removed from as many names as are counted, and leave none empty', () => {
    const names = fc.array(fc.string({ unit: fc.constantFrom('a', 'B', ' ', 'é', '🙂'), maxLength: 8 }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(names, (given) => {
        for (const { prefix, count } of sharedPrefixes(given)) {
          const changed = given.filter((name) => replacePrefix(name, prefix, '') !== name)
          expect(changed).toHaveLength(count)
          for (const name of given.filter((text) => text.trim() !== '')) {
            expect(replacePrefix(name, prefix, '').trim()).not.toBe('')
          }
        }
      }),
    )
  })
})

describe('a property beside those of other syncs', () => {
  const of = createNeighbours([
    { property: 'Plan', sync: 'Billing' },
    { property: 'ltv_tier', sync: 'Science' },
  ])
  const kinds = (name: string) => of(name).map(({ kind }) => kind)

  test('is the same, or looks alike', () => {
    expect(kinds('Plan')).toEqual(['same'])
    expect(kinds('plan')).toEqual(['alike'])
    expect(kinds('LTV Tier')).toEqual(['alike'])
    expect(kinds('Plans')).toEqual([])
    expect(kinds('')).toEqual([])
  })

  test('names of signs only are alike only when they are equal', () => {
    const signs = createNeighbours([{ property: '---', sync: 'S' }])
    expect(signs('***')).toEqual([])
    expect(signs('---')).toHaveLength(1)
  })

  test('says which sync it is', () => {
    expect(of('Plan').map(neighbourText)).toEqual([
      expect.stringContaining('The sync "Billing" writes this property'),
    ])
    expect(of('plan').map(neighbourText)).toEqual([
      expect.stringContaining('writes "Plan", which is another property'),
    ])
  })
})

describe('the name email', () => {
  const suggested = (
    label: string,
    property = label,
    areAddresses = true,
    type: 'user' | 'account' = 'user',
  ) => {
    const shortLabel = label.replace(/^Users /, '')
    return suggestsEmail(aColumn({ name: 'users.x', label, shortLabel }), property, type, areAddresses)
  }

  test.each(['Email', 'EMAIL', 'Users Email', 'E-Mail', 'User Email Address', 'Users Email Address'])(
    'is suggested for %s',
    (label) => {
      expect(suggested(label)).toBe(true)
    },
  )

  test.each(['Manager Email', 'Email Opt In', 'Emails Sent', 'Plan'])('is not for %s', (label) => {
    expect(suggested(label)).toBe(false)
  })

  test('is not for accounts, a name that was chosen, one that is right, or values that are no addresses', () => {
    expect(suggested('Users Email', 'Users Email', true, 'account')).toBe(false)
    expect(suggested('Users Email', 'CRM address')).toBe(false)
    expect(suggested('Users Email', 'email')).toBe(false)
    expect(suggested('Users Email', 'Users Email', false)).toBe(false)
    expect(suggested('Users Email', 'Email')).toBe(true)
  })
})
