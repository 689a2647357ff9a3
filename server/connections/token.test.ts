import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection, TokenKind } from '../database/repositories/connection-repository.ts'
import { findConnection, hashToken, MADE_TOKEN, makeToken, readToken } from './token.ts'

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

const token = (kind: TokenKind, text: string, endsAt: Date | null = null) => ({
  kind,
  hash: hashToken(text),
  createdAt: new Date(0),
  endsAt,
})
const NARROWED = { environments: null, origins: null }
const connections: Connection[] = [
  {
    id: 1,
    name: 'a',
    tokens: [token('action', 'one'), token('action', 'old', new Date(1_000))],
    ...NARROWED,
  },
  { id: 2, name: 'b', tokens: [token('action', 'two'), token('extension', 'three')], ...NARROWED },
]

test('finds the connection of a token', () => {
  expect(findConnection(connections, 'action', 'one')?.id).toBe(1)
  expect(findConnection(connections, 'action', 'two')?.id).toBe(2)
  expect(findConnection(connections, 'extension', 'three')?.id).toBe(2)
})

test('a token is good for what it was made for, until its end', () => {
  expect(findConnection(connections, 'extension', 'one')).toBeUndefined()
  expect(findConnection(connections, 'action', 'three')).toBeUndefined()
  expect(findConnection(connections, 'action', 'old', 999)?.id).toBe(1)
  expect(findConnection(connections, 'action', 'old', 1_000)).toBeUndefined()
})

test('no other token is taken and none throws, as "a/b" does in the reference hub', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!['one', 'two'].includes(text))
      expect(findConnection(connections, 'action', text)).toBeUndefined()
      expect(() => readToken(`Token token="${text}"`)).not.toThrow()
    }),
  )
})

test.each(['action', 'extension'] as const)(
  'a token that is made for the %s is long, random and told',
  (kind) => {
    const made = makeToken(kind)
    expect(made).toMatch(/^[\w-]{43,}$/)
    expect(made).not.toBe(makeToken(kind))
    expect(`x ${made.toUpperCase()} y`.replace(MADE_TOKEN, '…')).toBe('x … y')
  },
)
