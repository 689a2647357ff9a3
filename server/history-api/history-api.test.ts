import * as http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessToken } from '../../shared/api/access-token.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { extensionSecretOf } from '../testing/extension-secret.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

const SECRET = extensionSecretOf(TOKEN)

let database: TestDatabase
let bench: TestBench

beforeAll(async () => {
  database = await createPgliteDirectory()
  const rows = function* () {
    yield* users(10)
    yield* users(2)
  }
  bench = await createTestBench({ database, looks: [sampleLook({ id: 'users', rows })] })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

const call = (path: string, token: string, init: RequestInit = {}) =>
  fetch(`${bench.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })

describe('the exchange', () => {
  // What Looker's server proxy sends, or adds to what it is given, is not published.
  test.each([
    ['neither body nor content type', null, null],
    ['the body of the extension', '{}', 'application/json'],
    ['an empty body of a content type', '', 'application/json'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded'],
    ['text', 'null', 'text/plain;charset=UTF-8'],
    ['JSON that is none', '{', 'application/json; charset=utf-8'],
    ['an unknown content type', '{}', 'x/y'],
    ['a content type that is none', '{}', 'json'],
    ['a body without a content type', '{}', null],
  ])('takes %s', async (_what, body, contentType) => {
    const { host } = new URL(bench.url)
    const length = body === null ? [] : ['content-length', String(body.length)]
    const type = contentType === null ? [] : ['content-type', contentType]
    const status = await new Promise<number>((resolve, reject) => {
      const outgoing = http.request(`http://${host}/api/token`, {
        method: 'POST',
        headers: ['host', host, 'authorization', `Bearer ${SECRET}`, ...type, ...length],
      })
      outgoing.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
      outgoing.on('error', reject)
      outgoing.end(body ?? undefined)
    })
    expect(status).toBe(200)
  })

  test('gives a token that ends soon', async () => {
    const response = await call('/api/token', SECRET, { method: 'POST' })
    expect(response.status).toBe(200)
    const { expiresInSeconds } = (await response.json()) as AccessToken
    expect(expiresInSeconds).toBeLessThanOrEqual(15 * 60)
  })

  test('refuses a wrong token', async () => {
    expect((await call('/api/token', 'wrong', { method: 'POST' })).status).toBe(401)
  })

  test('refuses the token of the action, and says what to change', async () => {
    const response = await call('/api/token', TOKEN, { method: 'POST' })
    expect(response.status).toBe(401)
    const { error } = (await response.json()) as { error: string }
    expect(error).toMatch(/holds the authorization token of the action.*EXTENSION_SECRET.*allowlist/)
  })

  test('gives a secret that is good for nothing else', async () => {
    for (const [path, init] of [
      ['/', { method: 'POST' }],
      ['/actions/heap/form', { method: 'POST' }],
      ['/actions/heap/execute', { method: 'POST', body: '{}' }],
    ] as const) {
      const answer = await fetch(`${bench.url}${path}`, {
        ...init,
        headers: { authorization: `Token token="${SECRET}"` },
      })
      expect(answer.status, path).toBe(403)
      expect(await answer.text()).toMatch(/secret of the extension.*LOOKER_TOKEN/)
    }
    expect((await call('/api/v1/environments?host=https://a.example', SECRET)).status).toBe(401)
    expect((await call('/api/v1/environments?host=https://a.example', TOKEN)).status).toBe(401)
  })

  test('explains a tag that Looker did not fill in', async () => {
    const response = await call('/api/token', '{{heap_data_import_action_server_token}}', { method: 'POST' })
    expect(response.status).toBe(401)
    expect(((await response.json()) as { error: string }).error).toContain('user attribute')
  })
})

test('browsers may call it from the origins of LOOKER_URL only', async () => {
  const origin = bench.app.config.lookerOrigins[0] ?? ''
  const preflight = (from: string) =>
    fetch(`${bench.url}/api/v1/imports/1`, {
      method: 'OPTIONS',
      headers: {
        origin: from,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBe(origin)
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
})

test('the bundle is served to any origin, or the answer says how to build it', async () => {
  const response = await fetch(`${bench.url}/extension/bundle.js`)
  if (response.status === 404) {
    expect(await response.text()).toContain('npm run build')
    return
  }
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(response.headers.get('cache-control')).toContain('max-age=300')
  expect(response.headers.get('content-type')).toContain('javascript')
  // Not by fetch, which asks for a fresh answer as soon as it is given a condition.
  const again = await bench.app.inject({
    url: '/extension/bundle.js',
    headers: {
      'if-none-match': response.headers.get('etag') ?? '',
      'accept-encoding': response.headers.get('content-encoding') ?? '',
    },
  })
  expect(again.statusCode).toBe(304)
})
