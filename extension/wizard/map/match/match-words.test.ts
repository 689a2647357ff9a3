import { array, assert, boolean, constantFrom, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { matchWords } from './match-words.ts'

const match = (known: number, unknown: number, keys: boolean[] = []) => ({ known, unknown, keys })

test.each([
  [8_800, 1_181, 'user', 'warn', '8,800 of 9,981 keys are known to Heap; 1,181 would create users.'],
  [1, 1, 'account', 'warn', '1 of 2 keys is known to Heap; 1 would create an account.'],
  [2, 0, 'user', 'positive', 'All 2 keys are known to Heap; no row would create a user.'],
  [1, 0, 'account', 'positive', 'The one key is known to Heap; no row would create an account.'],
  [0, 0, 'user', 'warn', 'No row of this Look has a key that could be compared.'],
] as const)('%i known and %i not, of %ss: %s', (known, unknown, type, intent, text) => {
  expect(matchWords(match(known, unknown), type, [])).toEqual({ intent, text, examples: [] })
})

test('none known asks whether the columns fit', () => {
  const { intent, text } = matchWords(match(0, 3), 'user', [])
  expect(intent).toBe('critical')
  expect(text).toMatch(
    /^None of 3 keys is known to Heap; 3 would create users\. Do both columns hold the same ID/,
  )
})

test('examples are keys of the sample, of both kinds', () => {
  expect(matchWords(match(2, 1, [true, false, true]), 'user', ['a', 'b', 'c']).examples).toEqual([
    'Not known, for example: "b"',
    'Known, for example: "a", "c"',
  ])
})

test('every example is told on its own side, and the figures add up', () => {
  const arbitrary = array(boolean(), { maxLength: 40 })
  assert(
    property(
      nat(),
      nat(),
      constantFrom('user' as const, 'account' as const),
      arbitrary,
      (known, unknown, type, isKnown) => {
        const keys = isKnown.map((_, index) => `k${index}`)
        const { text, examples } = matchWords(match(known, unknown, isKnown), type, keys)
        if (unknown > 0) expect(text).toContain(`${unknown.toLocaleString('en-US')} would create`)
        for (const line of examples) {
          const told = [...line.matchAll(/"k(\d+)"/g)].map(([, index]) => isKnown[Number(index)])
          expect(new Set(told)).toEqual(new Set([line.startsWith('Known')]))
        }
      },
    ),
  )
})
