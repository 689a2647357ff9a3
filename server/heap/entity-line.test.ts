import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEntityWriter, readEntityKey } from './entity-line.ts'
import type { HeapTarget } from './heap-target.ts'

const USER: HeapTarget = { environmentId: '11', propertyType: 'user', joinProperty: null }
const ACCOUNT: HeapTarget = { environmentId: '11', propertyType: 'account', joinProperty: null }
const BY_EMAIL: HeapTarget = { environmentId: '11', propertyType: 'user', joinProperty: 'email' }

it('writes users, accounts, and users by a property', () => {
  const names = ['Plan', 'Seats']
  expect(createEntityWriter(USER, names)('a@x.io', ['Pro', 12])).toBe(
    '{"identity":"a@x.io","properties":{"Plan":"Pro","Seats":12}}',
  )
  expect(createEntityWriter(ACCOUNT, names)('acme', ['Pro', 12])).toBe(
    '{"account_id":"acme","properties":{"Plan":"Pro","Seats":12}}',
  )
  expect(createEntityWriter(BY_EMAIL, names)('a@x.io', ['Pro', 12])).toBe(
    '{"user_identifier":{"email":"a@x.io"},"properties":{"Plan":"Pro","Seats":"12"},"custom_properties":{"Plan":"Pro","Seats":12}}',
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
const target = fc.oneof(
  fc.constantFrom(USER, ACCOUNT),
  text.map((joinProperty): HeapTarget => ({ ...USER, joinProperty })),
)

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
      if (where.joinProperty === null) {
        expect(Object.keys(entity)).toHaveLength(2)
        expect(new Map(Object.entries(entity.properties))).toEqual(new Map(kept))
      } else {
        expect(Object.entries(entity.user_identifier)).toEqual([[where.joinProperty, key]])
        expect(new Map(Object.entries(entity.properties))).toEqual(new Map(strings as [string, string][]))
        expect(new Map(Object.entries(entity.custom_properties))).toEqual(new Map(kept))
      }
    }),
    { numRuns: 500 },
  )
})

it('refuses to read the key of something else', () => {
  expect(() => readEntityKey(ACCOUNT, '{"identity":"a"}')).toThrow(TypeError)
  expect(() => readEntityKey(USER, '{"identity":')).toThrow(SyntaxError)
})
