import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEntityWriter, readEntityKey } from './entity-line.ts'
import type { HeapTarget } from './heap-target.ts'

const USER: HeapTarget = { environmentId: '11', propertyType: 'user', manner: 'documented' }
const ACCOUNT: HeapTarget = { environmentId: '11', propertyType: 'account', manner: 'documented' }
const HEAP_USER: HeapTarget = { ...USER, manner: 'heap_action' }
const HEAP_ACCOUNT: HeapTarget = { ...ACCOUNT, manner: 'heap_action' }

it("writes users and accounts, as documented and as Heap's own action does", () => {
  const names = ['Plan', 'Seats']
  expect(createEntityWriter(USER, names)('a@x.io', ['Pro', 12])).toBe(
    '{"identity":"a@x.io","properties":{"Plan":"Pro","Seats":12}}',
  )
  expect(createEntityWriter(ACCOUNT, names)('acme', ['Pro', 12])).toBe(
    '{"account_id":"acme","properties":{"Plan":"Pro","Seats":12}}',
  )
  expect(createEntityWriter(HEAP_USER, names)('a@x.io', ['Pro', 12])).toBe(
    '{"user_identifier":{"email":"a@x.io"},"properties":{"Plan":"Pro","Seats":"12"}}',
  )
  expect(createEntityWriter(HEAP_ACCOUNT, names)('acme', ['Pro', 12])).toBe(
    '{"account_id":"acme","properties":{"Plan":"Pro","Seats":"12"}}',
  )
})

it('leaves out what is undefined or no JSON number, and keeps zero, sign and exponent', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const line = createEntityWriter(USER, names)('k', [undefined, -0, Number.NaN, -1.5e-7, 1e21, -Infinity, ''])
  expect(line).toBe('{"identity":"k","properties":{"b":0,"d":-1.5e-7,"e":1e+21,"g":""}}')
  expect(createEntityWriter(USER, names)('k', [])).toBe('{"identity":"k","properties":{}}')
})

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '\n', '\u2028', '\ud800'),
)
const value = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constant(undefined),
)
const target = fc.constantFrom(USER, ACCOUNT, HEAP_USER, HEAP_ACCOUNT)

it('is one line of JSON that says exactly what went in, whatever the names and values', () => {
  const properties = fc.uniqueArray(fc.tuple(text, value), { selector: ([name]) => name, maxLength: 8 })
  fc.assert(
    fc.property(target, text, properties, (where, key, given) => {
      const line = createEntityWriter(
        where,
        given.map(([name]) => name),
      )(
        key,
        given.map(([, cell]) => cell),
      )
      expect(line).not.toMatch(/[\n\r]/)
      expect(readEntityKey(where, line)).toBe(key)
      const kept = given.flatMap(([name, cell]) =>
        cell === undefined ? [] : [[name, Object.is(cell, -0) ? 0 : cell] as const],
      )
      const entity = JSON.parse(line)
      const strings = kept.map(([name, cell]) => [name, String(cell)])
      expect(Object.keys(entity)).toHaveLength(2)
      if (where === HEAP_USER) expect(entity.user_identifier).toEqual({ email: key })
      const sent = where.manner === 'documented' ? kept : strings
      expect(new Map(Object.entries(entity.properties))).toEqual(new Map(sent as [string, string][]))
    }),
    { numRuns: 500 },
  )
})

it('keeps zero, sign and exponent as text as well', () => {
  const values = [0, -0, -5, -12.5, 1.5e-7, 1e21, 'false', '']
  const line = createEntityWriter(HEAP_USER, [...'abcdefgh'])('k', values)
  expect(JSON.parse(line).properties).toEqual({
    a: '0',
    b: '0',
    c: '-5',
    d: '-12.5',
    e: '1.5e-7',
    f: '1e+21',
    g: 'false',
    h: '',
  })
})

it('reads the key of a batch that the first release stored', () => {
  const line = '{"user_identifier":{"crm":"7"},"properties":{},"custom_properties":{}}'
  expect(readEntityKey(HEAP_USER, line)).toBe('7')
})

it('refuses to read the key of something else', () => {
  expect(() => readEntityKey(ACCOUNT, '{"identity":"a"}')).toThrow(TypeError)
  expect(() => readEntityKey(USER, '{"identity":')).toThrow(SyntaxError)
})

it('writes the text that was given for an empty cell, and without one nothing', () => {
  const values = [null, 1, undefined, null, '']
  const names = ['a', 'b', 'c', 'd', 'e']
  expect(createEntityWriter(USER, names)('k', values)).toBe('{"identity":"k","properties":{"b":1,"e":""}}')
  expect(createEntityWriter(USER, names, '(none)')('k', values)).toBe(
    '{"identity":"k","properties":{"a":"(none)","b":1,"d":"(none)","e":""}}',
  )
  expect(createEntityWriter(HEAP_ACCOUNT, names, '"')('k', values)).toContain('"a":"\\"","b":"1","d":"\\""')
})
