import { expect, test } from 'vitest'
import { countOf, formatCount, quoteList } from './text-list.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [9990, '9,990'],
  [10_000_000, '10,000,000'],
])('the count %d is shown as %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})

test('a counted thing stands in the singular only for one', () => {
  expect(countOf(0, 'row')).toBe('0 rows')
  expect(countOf(1, 'row')).toBe('1 row')
  expect(countOf(1234, 'row')).toBe('1,234 rows')
  expect(countOf(2, 'entity', 'entities')).toBe('2 entities')
})

test('names are quoted and joined', () => {
  expect(quoteList([])).toBe('')
  expect(quoteList(['a', 'b c'])).toBe('"a", "b c"')
  expect(quoteList(['say "hi"'])).toBe('"say \\"hi\\""')
})

test('names above the most are counted', () => {
  expect(quoteList(['a', 'b', 'c'], 3)).toBe('"a", "b", "c"')
  expect(quoteList(['a', 'b', 'c', 'd', 'e'], 2)).toBe('"a", "b" and 3 more')
  expect(quoteList(['a', 'b'], 1)).toBe('"a" and 1 more')
  const twelve = Array.from({ length: 12 }, (_, index) => `c${index}`)
  expect(quoteList(twelve)).toMatch(/"c9" and 2 more$/)
})
