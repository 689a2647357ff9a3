import { expect, it } from 'vitest'
import { lookerComplaint } from './looker-messages.ts'

it('is null without an error', () => {
  expect(lookerComplaint(null, undefined)).toBeNull()
  expect(lookerComplaint([], '')).toBeNull()
})

it('is empty when Looker gives no text', () => {
  expect(lookerComplaint([{ code: 7 }], null)).toBe('')
})

it('joins messages, each once', () => {
  expect(lookerComplaint([{ message: 'One' }, { message: 'Two' }, { message: 'One' }], null)).toBe('One; Two')
})

it('leaves out SQL', () => {
  expect(lookerComplaint([{ message: 'Query failed: SELECT email FROM users' }], null)).toBe('Query failed:')
  expect(lookerComplaint(null, 'syntax error\nLINE 3: from users')).toBe('syntax error')
})

it('hides quoted values of a database error', () => {
  expect(lookerComplaint(null, `invalid number "ann@acme.com" near 'x'`)).toBe('invalid number ... near ...')
})

it('is at most 200 characters long', () => {
  expect(lookerComplaint([{ message: 'x'.repeat(500) }], 'y'.repeat(500))).toHaveLength(200)
})
