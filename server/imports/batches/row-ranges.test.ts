import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromRowRanges, toRowRanges } from './row-ranges.ts'

test('runs of rows become ranges', () => {
  expect(toRowRanges([1, 2, 3, 5, 7, 8])).toBe('1-3,5,7-8')
  expect(toRowRanges([7, 8, 1, 2, 5])).toBe('7-8,1-2,5')
  expect(toRowRanges([])).toBe('')
})

test('any row numbers come back in their order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 5_000 })), (numbers) => {
      expect(fromRowRanges(toRowRanges(numbers))).toEqual(numbers)
      const ascending = numbers.toSorted((a, b) => a - b)
      expect(fromRowRanges(toRowRanges(ascending))).toEqual(ascending)
    }),
  )
})
