import * as http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessToken } from '../../shared/api/access-token.ts'
import type { ImportList, ImportView } from '../../shared/api/import-view.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

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

async function accessToken(): Promise<string> {
  const response = await call('/api/token', TOKEN, { method: 'POST' })
  expect(response.status).toBe(200)
  const { accessToken: token, expiresInSeconds } = (await response.json()) as AccessToken
  expect(expiresInSeconds).toBeLessThanOrEqual(15 * 60)
  return token
}

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
        headers: ['host', host, 'authorization', `Bearer ${TOKEN}`, ...type, ...length],
      })
      outgoing.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
      outgoing.on('error', reject)
      outgoing.end(body ?? undefined)
    })
    expect(status).toBe(200)
  })

  test('refuses a wrong token', async () => {
    expect((await call('/api/token', 'wrong', { method: 'POST' })).status).toBe(401)
  })

  test('explains a tag that Looker did not fill in', async () => {
    const response = await call('/api/token', '{{heap_data_import_action_server_token}}', { method: 'POST' })
    expect(response.status).toBe(401)
    expect(((await response.json()) as { error: string }).error).toContain('user attribute')
  })
})

test('shows the imports of a plan by counts and reasons, without join keys', async () => {
  const record = await bench.looker.deliver('users', undefined, { planId: '4711' })
  const token = await accessToken()
  const { imports } = (await (await call('/api/imports?planId=4711', token)).json()) as ImportList
  expect(imports).toHaveLength(1)
  expect(imports[0]).toMatchObject({
    planId: '4711',
    title: 'Test Look',
    environmentId: '11',
    state: 'finished',
    counts: { received: 12, delivered: 10, rejected: 2, skipped: 0, superseded: 0 },
    pending: 0,
    rejections: [{ reason: 'join_key_duplicate', count: 2, rows: [11, 12] }],
    remarks: [],
    denial: null,
    success: false,
    message: record.message,
  })
  const response = await call(`/api/imports/${imports[0]!.id}`, token)
  const text = await response.text()
  expect(JSON.parse(text) as ImportView).toEqual(imports[0])
  expect(text).not.toContain('user1@example.com')
})

test('shows what is remarked of an import', async () => {
  await bench.looker.deliver('users', undefined, { planId: '40', rowLimit: 12 })
  const { imports } = (await (await call('/api/imports?planId=40', await accessToken())).json()) as ImportList
  expect(imports[0]?.remarks).toEqual([
    {
      kind: 'warning',
      text: expect.stringMatching(/^The result has exactly as many rows as the query's limit, 12/),
    },
  ])
})

describe('the imports of a sync', () => {
  const SYNC = 'sync-of-the-wizard-1'
  const OTHER = 'sync-of-the-wizard-2'
  const deliver = (planId: string, syncId?: string) =>
    bench.looker.deliver(
      'users',
      { ...bench.looker.looks[0]!.suggestedParams, ...(syncId ? { sync_id: syncId } : {}) },
      { planId },
    )
  const plansOf = async (query: string) => {
    const answer = await call(`/api/imports?${query}`, await accessToken())
    const { imports } = (await answer.json()) as ImportList
    return imports.map(({ planId }) => planId)
  }

  beforeAll(async () => {
    await deliver('50')
    await deliver('50')
    await deliver('50', SYNC)
    await deliver('51', SYNC)
    await deliver('50', OTHER)
    await deliver('52', OTHER)
  })

  test('are those of its ID, and by its plan those from before it had one', async () => {
    expect(await plansOf(`syncId=${SYNC}&planId=50`)).toEqual(['51', '50', '50', '50'])
    expect(await plansOf(`syncId=${SYNC}&planId=53`)).toEqual(['51', '50'])
    expect(await plansOf(`planId=50&syncId=${OTHER}`)).toEqual(['52', '50', '50', '50'])
  })

  test('are by one of the two alone all that bear it', async () => {
    expect(await plansOf(`syncId=${SYNC}`)).toEqual(['51', '50'])
    expect(await plansOf('planId=50')).toEqual(['50', '50', '50', '50'])
  })

  test('are of this connection only', async () => {
    const stranger = await bench.app.database.query<{ id: number }>(
      "insert into connections (name, token_hash) values ('stranger', '\\x00') returning id",
    )
    const mine = await bench.app.database.query<{ id: number }>(
      "update imports set connection_id = $1 where plan_id = '51' returning id",
      [stranger[0]!.id],
    )
    expect(mine).toHaveLength(1)
    expect(await plansOf(`syncId=${SYNC}&planId=50`)).toEqual(['50', '50', '50'])
  })

  test('are the newest 20', async () => {
    for (let delivery = 0; delivery < 20; delivery += 1) await deliver('60', 'sync-of-the-wizard-3')
    await deliver('61', 'sync-of-the-wizard-3')
    const plans = await plansOf('syncId=sync-of-the-wizard-3&planId=60')
    expect(plans).toEqual(['61', ...Array.from({ length: 19 }, () => '60')])
  })
})

test.each(['/api/imports?planId=4711', '/api/imports/1'])('%s asks for an access token', async (path) => {
  for (const token of ['', TOKEN, 'a.b.c']) expect((await call(path, token)).status).toBe(401)
})

test('an unknown import is a 404 that says so, a wrong question a 400', async () => {
  const token = await accessToken()
  expect((await call('/api/imports/999999', token)).status).toBe(404)
  expect((await call('/api/imports/x', token)).status).toBe(400)
  for (const query of ['', '?', '?plan=4711']) {
    const answer = await call(`/api/imports${query}`, token)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toContain('give syncId, planId or both')
  }
  expect((await call('/api/imports?planId=', token)).status).toBe(400)
})

test('browsers may call it from the origins of LOOKER_URL only', async () => {
  const origin = bench.app.config.lookerOrigins[0] ?? ''
  const preflight = (from: string) =>
    fetch(`${bench.url}/api/imports/1`, {
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
    headers: { 'if-none-match': response.headers.get('etag') ?? '' },
  })
  expect(again.statusCode).toBe(304)
})
