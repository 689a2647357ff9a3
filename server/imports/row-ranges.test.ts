import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromRowRanges, toRowRanges } from './row-ranges.ts'

test('runs of rows become ranges', () => {
  expect(toRowRanges([1, 2, 3, 5, 7, 8])).toBe('1-3,5,7-8')
  expect(toRowRanges([])).toBe('')
})

test('any ascending row numbers come back', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 5_000 })), (numbers) => {
      const ascending = numbers.sort((a, b) => a - b)
      expect(fromRowRanges(toRowRanges(ascending))).toEqual(ascending)
    }),
  )
})
