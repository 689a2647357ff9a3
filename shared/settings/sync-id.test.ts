import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSyncId } from './sync-id.ts'

test('a random UUID is an ID of a sync', () => {
  for (let round = 0; round < 100; round += 1) expect(isSyncId(crypto.randomUUID())).toBe(true)
})

test('any 16 to 64 of its characters are one, and nothing else is', () => {
  const good = 'ABCXYZabcxyz0189_-'
  const character = fc.constantFrom(...good, ...' .\n/"é😀\0')
  fc.assert(
    fc.property(fc.array(character, { minLength: 10, maxLength: 70 }), (characters) => {
      const isGood = characters.every((one) => good.includes(one))
      const isLong = characters.length >= 16 && characters.length <= 64
      expect(isSyncId(characters.join(''))).toBe(isGood && isLong)
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...good), { minLength: 14, maxLength: 66 }), (characters) => {
      const text = characters.join('')
      expect(isSyncId(text)).toBe(text.length >= 16 && text.length <= 64)
      expect(isSyncId(`${text}\n`)).toBe(false)
    }),
  )
})
