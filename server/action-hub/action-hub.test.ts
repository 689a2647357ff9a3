import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'

let database: TestDatabase
let bench: TestBench

beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database, environment: { PUBLIC_URL: 'https://hub.example.com/' } })
})
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

type Answer = { status: number; headers: Record<string, unknown>; text: string }

/** Posts as Looker does: chunked, with whatever headers and body. */
function post(path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${bench.url}${path}`,
      { method: 'POST', headers: { 'transfer-encoding': 'chunked', ...headers } },
      async (response) => {
        let text = ''
        for await (const piece of response) text += piece
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const AUTHORIZED = { authorization: `Token token="${TOKEN}"` }

describe('listing', () => {
  test.each([
    ['no content type', {}, ''],
    ['JSON without a body', { 'content-type': 'application/json' }, ''],
    ['an empty object', { 'content-type': 'application/json' }, '{}'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'],
    ['a content type of its own', { 'content-type': 'looker/unknown' }, 'anything'],
    ['a token', AUTHORIZED, ''],
  ])('is answered for %s', async (_, headers, body) => {
    const { status, text } = await post('/', headers, body)
    expect(status).toBe(200)
    expect(JSON.parse(text).integrations).toHaveLength(1)
  })

  test('is answered for a body with a length', async () => {
    const response = await fetch(`${bench.url}/`, { method: 'POST' })
    expect(response.status).toBe(200)
  })

  test('has all fields of the contract', async () => {
    const { text } = await post('/')
    expect(JSON.parse(text).integrations[0]).toEqual({
      name: 'heap',
      label: 'Heap',
      description: expect.stringMatching(/\w{3}/),
      params: [],
      required_fields: [],
      url: 'https://hub.example.com/actions/heap/execute',
      form_url: 'https://hub.example.com/actions/heap/form',
      icon_data_uri: expect.stringMatching(/^data:image\/svg\+xml;base64,/),
      supported_action_types: ['query'],
      supported_formats: ['json_detail_lite_stream'],
      supported_formattings: ['unformatted'],
      supported_visualization_formattings: ['noapply'],
      supported_download_settings: ['url', 'push'],
      uses_oauth: false,
      delegate_oauth: false,
    })
  })
})

test.each(['/', '/actions/heap/form', '/actions/heap/execute'])('%s refuses a wrong token', async (path) => {
  const { status, text } = await post(path, { authorization: 'Token token="wrong"' })
  expect(status).toBe(403)
  expect(JSON.parse(text)).toEqual({ success: false, error: expect.stringContaining('Admin > Actions') })
})

test.each(['/actions/heap/form', '/actions/heap/execute'])(
  '%s refuses a call without a token',
  async (path) => {
    expect((await post(path)).status).toBe(403)
  },
)

describe('form', () => {
  const names = (text: string) => JSON.parse(text).fields.map((field: { name: string }) => field.name)

  test('asks for the parameters of the contract', async () => {
    const { status, text } = await post('/actions/heap/form', AUTHORIZED)
    expect(status).toBe(200)
    expect(names(text)).toEqual([
      'env_id',
      'property_type',
      'heap_field',
      'match_by',
      'dry_run',
      'max_rejected_percent',
      'property_names',
      'empty_value',
      'test_rows',
      'send',
      'sync_id',
    ])
    const [, propertyType] = JSON.parse(text).fields
    expect(propertyType).toMatchObject({ type: 'select', interactive: true, required: true })
  })

  test('an account import does not ask what to match users by', async () => {
    const body = JSON.stringify({ form_params: { property_type: 'account' } })
    const { text } = await post('/actions/heap/form', AUTHORIZED, body)
    expect(names(text)).not.toContain('match_by')
  })
})

test.each([
  ['is not JSON', 'nonsense'],
  ['is cut', '{"type":"query","form_params":{"env_'],
  ['is empty', ''],
  ['is a list', '[]'],
  ['is for a cell', '{"type":"cell","form_params":{"env_id":"11"}}'],
])('an execute call that %s is answered with a failure', async (_, body) => {
  const { status, text } = await post('/actions/heap/execute', AUTHORIZED, body)
  expect(status).toBe(200)
  expect(JSON.parse(text).looker).toMatchObject({ success: false, message: expect.stringMatching(/\w{3}/) })
})

test('GET / shows a person the URL to paste, the version and the health', async () => {
  const response = await fetch(`${bench.url}/`)
  const page = await response.text()
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(page).toContain('https://hub.example.com/')
  expect(page).toMatch(/Version \d+\.\d+\.\d+/)
  expect(page).toContain('Ready')
})

test('health, readiness and metrics', async () => {
  expect((await fetch(`${bench.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${bench.url}/readyz`)).status).toBe(200)
  expect(await (await fetch(`${bench.url}/metrics`)).text()).toContain(
    'heap_import_shared_rows{outcome="delivered"}',
  )
})

test('an unknown address is a short 404', async () => {
  const response = await fetch(`${bench.url}/nothing`)
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ success: false, error: 'There is nothing at this address.' })
})

test('without its database the form says so, and readiness and the page tell the truth', async () => {
  const broken = await createPgliteDirectory()
  const other = await createTestBench({ database: broken })
  try {
    await other.app.database.close()
    const response = await fetch(`${other.url}/readyz`)
    expect(response.status).toBe(503)
    expect((await fetch(`${other.url}/metrics`)).status).toBe(200)
    expect((await fetch(`${other.url}/`)).status).toBe(503)
    const form = await fetch(`${other.url}/actions/heap/form`, { method: 'POST', headers: AUTHORIZED })
    expect(form.status).toBe(200)
    expect(await form.json()).toMatchObject({ error: expect.stringContaining('database') })
  } finally {
    await other.close().catch(() => undefined)
    await broken.remove()
  }
})

test('an address that keeps on guessing tokens is slowed down, and a right token still gets in', async () => {
  const statuses: number[] = []
  for (let guess = 0; guess < 40; guess += 1) {
    const { status } = await post('/actions/heap/form', { authorization: `Token token="guess${guess}"` })
    statuses.push(status)
  }
  expect(statuses.at(-1)).toBe(429)
  expect((await post('/actions/heap/form', AUTHORIZED)).status).toBe(200)
})
