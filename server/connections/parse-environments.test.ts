import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEnvironments } from './parse-environments.ts'

test('names, ids and regions are read in their order', () => {
  expect(parseEnvironments(' Production = 1234567890, Europe=55@EU ,Test site=007@us', 'us')).toEqual([
    { name: 'Production', id: '1234567890', region: 'us' },
    { name: 'Europe', id: '55', region: 'eu' },
    { name: 'Test site', id: '007', region: 'us' },
  ])
  expect(parseEnvironments('A=1', 'eu')).toEqual([{ name: 'A', id: '1', region: 'eu' }])
})

test.each([
  ['1234567890', /the entry "1234567890".*name=id/],
  ['A=1,', /an empty entry/],
  ['=1', /a name that is empty/],
  [`${'n'.repeat(101)}=1`, /more than 100 characters/],
  ['A=', /the id "".*1 to 20 digits/],
  ['A=1x', /the id "1x"/],
  ['A=1@asia', /the region "asia".*us or eu/],
  ['A=1@', /the region ""/],
  ['A=1=2', /the entry "A=1=2"/],
  ['A=1@eu@us', /the entry "A=1@eu@us"/],
  ['A=1,B=1@eu', /the id 1 more than once/],
  ['A=1,A=2', /the name A more than once/],
])('%s is refused', (list, why) => {
  expect(() => parseEnvironments(list, 'us')).toThrow(why)
})

test('what is written is read back', () => {
  const name = fc.stringMatching(/^[\p{L}\d][\p{L}\d ()._-]{0,30}$/u).map((text) => text.trim())
  const environment = fc.record({
    name,
    id: fc.stringMatching(/^\d{1,20}$/),
    region: fc.constantFrom('us' as const, 'eu' as const),
  })
  const list = fc
    .uniqueArray(environment, { minLength: 1, selector: (entry) => entry.id })
    .filter((all) => new Set(all.map((entry) => entry.name)).size === all.length)
  fc.assert(
    fc.property(list, (environments) => {
      const text = environments.map((entry) => `${entry.name}=${entry.id}@${entry.region}`).join(', ')
      expect(parseEnvironments(text, 'us')).toEqual(environments)
    }),
  )
})
