import { expect, test } from 'vitest'
import { share } from './share.ts'

test.each([
  [0, 0, '-'],
  [0, 10, '0 %'],
  [10, 10, '100 %'],
  [1, 3, '33 %'],
  [999, 1000, '> 99 %'],
  [1, 1000, '< 1 %'],
])('%d of %d is %s', (part, whole, text) => {
  expect(share(part, whole)).toBe(text)
})
