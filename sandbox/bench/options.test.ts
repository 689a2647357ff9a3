import { expect, it } from 'vitest'
import { readOptions } from './options.ts'

const PARTS = ['reading', 'whole']

it('has defaults', () => {
  const usual = { parts: [], rows: 1_000_000, runs: 3, large: false, profile: false, markdown: false }
  expect(readOptions([], PARTS)).toEqual(usual)
})

it('reads parts and switches in any order', () => {
  const args = ['whole', '--rows', '200000', '--runs=5', '--profile', '--large', '--markdown', 'reading']
  expect(readOptions(args, PARTS)).toEqual({
    parts: ['whole', 'reading'],
    rows: 200_000,
    runs: 5,
    large: true,
    profile: true,
    markdown: true,
  })
})

it.each([
  [['hole'], 'There is no part hole. Name some of: reading, whole.'],
  [['--rows', '0'], '--rows takes a whole number from 1, not 0.'],
  [['--runs', 'many'], '--runs takes a whole number from 1, not many.'],
  [['--fast'], '--fast'],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args, PARTS)).toThrow(message)
})
