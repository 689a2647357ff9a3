import { expect, test } from 'vitest'
import type { Connection, TokenKind } from '../database/repositories/connection-repository.ts'
import { createConnectionList } from './connection-list.ts'
import { hashToken } from './token.ts'

const NONE = { action: [], extension: [] }

function connection(name: string, tokens: [TokenKind, string][]): Connection {
  return {
    id: 1,
    name,
    tokens: tokens.map(([kind, text]) => ({
      kind,
      hash: hashToken(text),
      createdAt: new Date(),
      endsAt: null,
    })),
    environments: null,
    origins: null,
  }
}

test('a token that was added a moment ago is good at once', async () => {
  let stored = [connection('a', [['action', 'old']])]
  const list = createConnectionList(stored, async () => stored, 'default', NONE)
  expect(await list.find('action', 'junk')).toBeUndefined()
  stored = [connection('a', [['action', 'new']])]
  const found = await Promise.all([list.find('action', 'new'), list.find('action', 'junk')])
  expect(found.map((entry) => entry?.name)).toEqual(['a', undefined])
})

test('those who guess make the database read a few times a second', async () => {
  let reads = 0
  const read = async () => {
    reads += 1
    return []
  }
  const list = createConnectionList([], read, 'default', NONE)
  await Promise.all(Array.from({ length: 200 }, (_, index) => list.find('action', `guess ${index}`)))
  expect(reads).toBe(1)
})

test('while the database does not answer, what was known before is good', async () => {
  const list = createConnectionList([connection('a', [['action', 'one']])], async () => null, 'default', NONE)
  expect(await list.find('action', 'other')).toBeUndefined()
  expect((await list.find('action', 'one'))?.name).toBe('a')
})

test('a setting takes the place of the tokens of its kind in the database', async () => {
  const stored = [
    connection('default', [
      ['action', 'stored'],
      ['extension', 'secret'],
    ]),
  ]
  const configured = { action: ['new', 'old'], extension: [] }
  const list = createConnectionList(stored, async () => stored, 'default', configured)
  expect((await list.find('action', 'new'))?.name).toBe('default')
  expect((await list.find('action', 'old'))?.name).toBe('default')
  expect(await list.find('action', 'stored')).toBeUndefined()
  expect((await list.find('extension', 'secret'))?.name).toBe('default')
})
