import { expect, test } from 'vitest'
import { MAX_JOIN_KEY_CHARACTERS } from '../heap-limits.ts'
import { NO_ROWS, pendingRows, rejectionText } from './import-counts.ts'

test('what is not yet delivered, rejected, skipped or superseded is pending', () => {
  expect(pendingRows(NO_ROWS)).toBe(0)
  expect(
    pendingRows({ received: 10, delivered: 0, rejected: 0, skipped: 0, superseded: 0, unchanged: 0 }),
  ).toBe(10)
  expect(
    pendingRows({ received: 100, delivered: 50, rejected: 20, skipped: 5, superseded: 3, unchanged: 0 }),
  ).toBe(22)
})

test('the text of a key that is too long tells the limit', () => {
  expect(rejectionText('join_key_too_long', 1)).toContain(` ${MAX_JOIN_KEY_CHARACTERS} `)
})
