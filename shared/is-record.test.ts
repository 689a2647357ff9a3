import { expect, test } from 'vitest'
import { isRecord } from './is-record.ts'

test.each([[{}], [{ a: 1 }], [Object.create(null)], [JSON.parse('{"__proto__":1}')]])(
  'a JSON object is a record: %j',
  (value) => expect(isRecord(value)).toBe(true),
)

test.each([[null], [undefined], [[]], [[{}]], ['{}'], [0], [true]])('%j is none', (value) => {
  expect(isRecord(value)).toBe(false)
})
