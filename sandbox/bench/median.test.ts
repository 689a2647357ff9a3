import { expect, it } from 'vitest'
import { median, percentile } from './median.ts'

it('finds the middle', () => {
  expect(median([3, 1, 20])).toBe(3)
  expect(median([4, 1, 20, 2])).toBe(3)
  expect(median([10, 9])).toBe(9.5)
  expect(median([7])).toBe(7)
})

it('does not count what is not known', () => {
  expect(median([null, 3, null])).toBe(3)
  expect(median([null])).toBeNull()
  expect(median([])).toBeNull()
})

it('finds percentiles', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(numbers, 50)).toBe(50)
  expect(percentile(numbers, 95)).toBe(95)
  expect(percentile(numbers, 100)).toBe(100)
  expect(percentile([5], 95)).toBe(5)
  expect(percentile([], 95)).toBeNull()
})
