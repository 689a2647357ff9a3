import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JoinKeySet } from './join-key-set.ts'

test('agrees with a set of the keys themselves', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 2_000 }), (keys) => {
      const set = new JoinKeySet()
      const known = new Set<string>()
      for (const key of keys) {
        // Lone surrogates are one and the same in UTF-8, which is what Heap gets.
        if (!key.isWellFormed()) continue
        expect(set.add(key)).toBe(!known.has(key))
        known.add(key)
      }
    }),
  )
})

test('finds every duplicate among many keys, after its parts have grown', () => {
  const set = new JoinKeySet()
  const count = 200_000
  for (let number = 0; number < count; number += 1) expect(set.add(`user${number}@example.com`)).toBe(true)
  for (let number = 0; number < count; number += 1) expect(set.add(`user${number}@example.com`)).toBe(false)
})

test('takes about 20 bytes a key', () => {
  const before = process.memoryUsage().arrayBuffers
  const set = new JoinKeySet()
  const count = 500_000
  for (let number = 0; number < count; number += 1) set.add(String(number))
  global.gc?.()
  // What growing leaves behind counts until it is collected, so the bound is generous.
  expect((process.memoryUsage().arrayBuffers - before) / count).toBeLessThan(80)
  expect(set.add('0')).toBe(false)
})
