import { expect, test } from 'vitest'
import { complaintDetails, complaintText, refusalMessage } from './complaint.ts'
import { createResultReading } from './result-reading.ts'

function complaintsOf(members: Record<string, unknown>) {
  const reading = createResultReading()
  for (const [key, value] of Object.entries(members)) reading.add(key, value)
  return reading.complaints()
}

const textOf = (members: Record<string, unknown>) => complaintText(complaintsOf(members))

test.each([null, undefined, [], {}, '', false])('%j is no complaint', (value) => {
  expect(complaintsOf({ errors: value, sql_error: value, error: value })).toEqual([])
})

test.each<[string, unknown]>([
  ['errors', [{ message: 'Boom.' }]],
  ['errors', ['Boom.']],
  ['errors', { message: 'Boom.' }],
  ['errors', 'Boom.'],
  ['errors', [{ message: 'Boom.', fatal: true }]],
  ['errors', [{ message: 'Boom.', fatal: 'false' }]],
  ['sql_error', 'Boom.'],
  ['sql_error', { message: 'Boom.' }],
  ['error', 'Boom.'],
  ['error', { message: 'Boom.' }],
  ['error', ['Boom.']],
  ['looker_error', 'Boom.'],
])('%s: %j is one', (key, value) => {
  expect(textOf({ [key]: value })).toBe('Boom.')
  expect(refusalMessage(complaintsOf({ [key]: value }))).toBe(
    'Looker reports an error in the query of this Look: Boom. Open the Look, correct it and send it again.',
  )
})

test.each<[string, unknown]>([
  ['errors', [{ code: 7 }]],
  ['errors', [null]],
  ['errors', 5],
  ['errors', true],
  ['error', true],
  ['sql_error', 1],
  ['looker_error', null],
])('%s: %j is one without a text', (key, value) => {
  expect(complaintsOf({ [key]: value })).not.toEqual([])
  expect(refusalMessage(complaintsOf({ [key]: value }))).toMatch(
    /^Looker reports an error in the query of this Look\. /,
  )
})

test('of a member that comes twice each counts', () => {
  const reading = createResultReading()
  reading.add('errors', [{ message: 'Boom.' }])
  reading.add('errors', null)
  expect(complaintText(reading.complaints())).toBe('Boom.')
})

test('messages are joined, each once', () => {
  expect(textOf({ errors: [{ message: 'One' }, { message: 'Two' }, { message: 'One' }] })).toBe('One; Two')
})

test('SQL is left out', () => {
  expect(textOf({ errors: [{ message: 'Query failed: SELECT email FROM users' }] })).toBe('Query failed:')
  expect(textOf({ sql_error: 'syntax error\nLINE 3: from users' })).toBe('syntax error')
})

test.each(['sql_error', 'error', 'looker_error'])('of the database in %s no value is quoted', (key) => {
  expect(textOf({ [key]: `invalid number "ann@acme.com" near 'x'` })).toBe('invalid number ... near ...')
})

test('the text has at most 200 characters, and the details hold what it leaves out', () => {
  const errors = [{ message: 'x'.repeat(500), message_details: 'Unrecognized name' }]
  expect(textOf({ errors, sql_error: 'y'.repeat(500) })).toHaveLength(200)
  expect(complaintDetails(complaintsOf({ errors }))).toContain('Unrecognized name')
})

test.each([
  ['complete', true],
  ['Complete ', true],
  ['error', false],
  ['running', false],
  ['killed', false],
])('the status %s is fine: %s', (status, isFine) => {
  expect(complaintsOf({ status })).toHaveLength(isFine ? 0 : 1)
  if (!isFine) expect(textOf({ status })).toContain(`"${status}" instead of "complete"`)
})
