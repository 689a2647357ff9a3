import { randomBytes } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Connection } from '../database/repositories/connection-repository.ts'
import { createAccessToken, verifyAccessToken } from './access-token.ts'

const key = new Uint8Array(randomBytes(32))
const connection: Connection = { id: 7, name: 'a', tokens: [], environments: null, origins: null }
const AUDIENCE = 'looker-data-import-for-heap/api'

const whole = () =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('7')
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('15m')

const verified = (token: string, connections = [connection]) => verifyAccessToken(connections, token, key)

test('an access token names its connection, as long as there is one', async () => {
  const token = await createAccessToken(connection, key)
  expect(await verified(token)).toBe(connection)
  expect(await verified(token, [])).toBeUndefined()
  expect(await verified(await whole().sign(key))).toBe(connection)
})

const now = () => Math.floor(Date.now() / 1_000)

test.each<[string, () => Promise<string> | string]>([
  ['another key', () => whole().sign(new Uint8Array(randomBytes(32)))],
  [
    'another algorithm',
    () =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS512' })
        .setSubject('7')
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('15m')
        .sign(key),
  ],
  [
    'no signature',
    () =>
      new UnsecuredJWT({ sub: '7' }).setAudience(AUDIENCE).setIssuedAt().setExpirationTime('15m').encode(),
  ],
  [
    'no end',
    () =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('7')
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .sign(key),
  ],
  [
    'no audience',
    () =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('7')
        .setIssuedAt()
        .setExpirationTime('15m')
        .sign(key),
  ],
  ['another audience', () => whole().setAudience('other').sign(key)],
  ['a list of audiences', () => whole().setAudience([AUDIENCE, 'other']).sign(key)],
  ['a list of ours alone', () => whole().setAudience([AUDIENCE]).sign(key)],
  [
    'an end that has come',
    () =>
      whole()
        .setExpirationTime(now() - 1)
        .sign(key),
  ],
  [
    'an end that is far away',
    () =>
      whole()
        .setIssuedAt(now() - 16 * 60)
        .setExpirationTime('1y')
        .sign(key),
  ],
  ['nothing', () => ''],
  ['a text', () => 'a.b.c'],
])('%s is none of ours', async (_what, make) => {
  expect(await verified(await make())).toBeUndefined()
})
