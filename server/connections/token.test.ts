import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findConnection, hashToken, readToken } from './token.ts'

test.each([
  ['Token token="secret"', 'secret'],
  ['token token="secret"', 'secret'],
  ['Token token="a"b"', 'a"b'],
  ['Token token=""', ''],
  ['Bearer secret', undefined],
  ['Token secret', undefined],
  [undefined, undefined],
])('reads %s', (header, token) => {
  expect(readToken(header)).toBe(token)
})

const connections = [
  { id: 1, name: 'a', tokenHash: hashToken('one') },
  { id: 2, name: 'b', tokenHash: new Uint8Array(hashToken('two')) },
]

test('finds the connection of a token', () => {
  expect(findConnection(connections, 'one')?.id).toBe(1)
  expect(findConnection(connections, 'two')?.id).toBe(2)
})

test('no other token is taken and none throws, as "a/b" does in the reference hub', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (token) => {
      fc.pre(token !== 'one' && token !== 'two')
      expect(findConnection(connections, token)).toBeUndefined()
      expect(() => readToken(`Token token="${token}"`)).not.toThrow()
    }),
  )
})
