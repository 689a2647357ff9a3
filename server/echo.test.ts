import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessToken } from '../shared/api/access-token.ts'
import { makeToken } from './connections/token.ts'
import type { TestDatabase } from './testing/engines.ts'
import { createPostgresDatabase } from './testing/engines.ts'
import { extensionSecretOf } from './testing/extension-secret.ts'
import { sampleLook, users } from './testing/sample-look.ts'
import type { TestBench } from './testing/test-bench.ts'
import { createTestBench, TOKEN } from './testing/test-bench.ts'

let database: TestDatabase
let bench: TestBench
let access: string

beforeAll(async () => {
  database = await createPostgresDatabase()
  bench = await createTestBench({ database, looks: [sampleLook({ rows: () => users(3) })] })
  const exchange = await fetch(`${bench.url}/api/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${extensionSecretOf(TOKEN)}` },
  })
  access = ((await exchange.json()) as AccessToken).accessToken
}, 120_000)
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

/** As Looker's server proxy may fill it in, and as an answer could show it. */
const SECRETS = {
  'of the action': TOKEN,
  'of the extension': extensionSecretOf(TOKEN),
  'made by the server': makeToken('extension'),
}
const PARAMETERS = [
  'env_id',
  'property_type',
  'heap_field',
  'match_by',
  'dry_run',
  'max_rejected_percent',
  'property_names',
  'sync_id',
  'join_property',
  'unknown',
]

type Call = { what: string; method?: string; path: string; headers?: Record<string, string>; body?: string }

/** A secret at every place that a caller can write to, which the proxy would fill in. */
function callsWith(secret: string): Call[] {
  const json = { 'content-type': 'application/json' }
  const asLooker = { authorization: `Token token="${TOKEN}"` }
  const asExtension = { authorization: `Bearer ${access}` }
  const plan = (more: object) =>
    JSON.stringify({
      type: 'query',
      scheduled_plan: { scheduled_plan_id: '1', title: 'A title' },
      form_params: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
      ...more,
    })
  const host = 'host=https%3A%2F%2Flooker.example.com'
  const settings = (name: string, value: string) => ({
    form_params: { env_id: '11', property_type: 'user', heap_field: 'Users Email', [name]: value },
  })
  return [
    ...PARAMETERS.flatMap((name) =>
      ['form', 'execute'].flatMap((route) =>
        // Whole, and where a text is cut.
        [secret, `${'x'.repeat(185)}${secret}`].map((value) => ({
          what: `${route}: ${name}`,
          path: `/actions/heap/${route}`,
          headers: asLooker,
          body: plan(settings(name, value)),
        })),
      ),
    ),
    {
      what: 'the name of a parameter',
      path: '/actions/heap/execute',
      headers: asLooker,
      body: plan(settings(secret, 'x')),
    },
    { what: 'the type', path: '/actions/heap/execute', headers: asLooker, body: plan({ type: secret }) },
    {
      what: 'the title',
      path: '/actions/heap/execute',
      headers: asLooker,
      body: plan({ scheduled_plan: { title: secret } }),
    },
    {
      what: 'the download address',
      path: '/actions/heap/execute',
      headers: asLooker,
      body: plan({ scheduled_plan: { download_url: `https://${secret}.example.com/` } }),
    },
    {
      what: 'the data',
      path: '/actions/heap/execute',
      headers: asLooker,
      body: plan({ attachment: { mimetype: 'application/json', data: secret } }),
    },
    {
      what: 'the instance',
      path: '/actions/heap/execute',
      headers: { ...asLooker, 'x-looker-instance': secret },
      body: plan({}),
    },
    { what: 'no JSON', path: '/actions/heap/execute', headers: asLooker, body: secret },
    {
      what: 'an encoding',
      path: '/actions/heap/execute',
      headers: { ...asLooker, 'content-encoding': secret },
      body: plan({}),
    },
    { what: 'the address of the hub', path: `/actions/${secret}/form` },
    {
      what: 'a wrong token',
      path: '/actions/heap/form',
      headers: { authorization: `Token token="x${secret}"` },
    },
    { what: 'a wrong scheme', path: '/actions/heap/form', headers: { authorization: secret } },
    {
      what: 'the address of the exchange',
      path: `/api/token?x=${secret}`,
      headers: { authorization: `Bearer ${secret}x` },
    },
    {
      what: 'the body of the exchange',
      path: '/api/token',
      headers: { ...json, authorization: 'Bearer x' },
      body: secret,
    },
    ...['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'].flatMap((method) => [
      { what: `${method} of an address`, method, path: `/api/v1/${secret}?${host}`, headers: asExtension },
      {
        what: `${method} of a sync`,
        method,
        path: `/api/v1/syncs/${secret}/imports?${host}`,
        headers: asExtension,
      },
      {
        what: `${method} of an import`,
        method,
        path: `/api/v1/imports/${secret}?sync=a&${host}`,
        headers: asExtension,
      },
      {
        what: `${method}: a sync`,
        method,
        path: `/api/v1/imports/1?sync=${secret}&${host}`,
        headers: asExtension,
      },
      { what: `${method}: syncs`, method, path: `/api/v1/syncs?ids=${secret}&${host}`, headers: asExtension },
      {
        what: `${method}: a host`,
        method,
        path: `/api/v1/environments?host=https://${secret}`,
        headers: asExtension,
      },
      {
        what: `${method}: no host`,
        method,
        path: `/api/v1/environments?host=${secret}`,
        headers: asExtension,
      },
      {
        what: `${method}: unknown`,
        method,
        path: `/api/v1/environments?${secret}=1&${host}`,
        headers: asExtension,
      },
    ]),
    ...['crontab', 'timeZone', 'datagroup', secret].map((name) => ({
      what: `a schedule: ${name === secret ? 'unknown' : name}`,
      method: 'PUT',
      path: `/api/v1/syncs/a-sync-of-the-echo-test/schedule?${host}`,
      headers: { ...asExtension, ...json },
      body: JSON.stringify({ [name]: secret }),
    })),
    {
      what: 'no JSON for the API',
      method: 'PUT',
      path: `/api/v1/syncs/plan:1/schedule?${host}`,
      headers: { ...asExtension, ...json },
      body: secret,
    },
    {
      what: 'a content type',
      method: 'PUT',
      path: `/api/v1/syncs/plan:1/schedule?${host}`,
      headers: { ...asExtension, 'content-type': `x/${secret}` },
      body: 'x',
    },
    {
      what: 'no content type',
      method: 'PUT',
      path: `/api/v1/syncs/plan:1/schedule?${host}`,
      headers: { ...asExtension, 'content-type': secret },
      body: 'x',
    },
    {
      what: 'an origin',
      method: 'OPTIONS',
      path: `/api/v1/syncs?${host}`,
      headers: {
        origin: `https://${secret}`,
        'access-control-request-method': secret,
        'access-control-request-headers': secret,
      },
    },
    {
      what: 'an access token',
      method: 'GET',
      path: `/api/v1/syncs?ids=a&${host}`,
      headers: { authorization: `Bearer ${secret}` },
    },
    {
      what: 'the metrics',
      method: 'GET',
      path: `/metrics?x=${secret}`,
      headers: { authorization: `Bearer ${secret}`, via: secret },
    },
    { what: 'the extension', method: 'GET', path: `/extension/${secret}` },
    {
      what: 'the bundle',
      method: 'GET',
      path: `/extension/bundle.js?v=${secret}`,
      headers: { 'if-none-match': secret, 'accept-encoding': secret },
    },
    {
      what: 'a request id',
      method: 'GET',
      path: '/',
      headers: { 'x-request-id': secret, 'request-id': secret },
    },
  ]
}

/** A part of a secret helps to guess the rest. */
const PART = 12

function shows(text: string, secret: string): boolean {
  const haystack = [
    text,
    // Byte by byte: an answer may hold a percent sign of its own.
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    Buffer.from(text, 'base64').toString('latin1'),
  ]
    .join('\n')
    .toLowerCase()
  const wanted = secret.toLowerCase()
  const forms = [
    wanted,
    Buffer.from(secret).toString('base64').toLowerCase(),
    Buffer.from(secret).toString('hex'),
  ]
  return forms.some((form) => haystack.includes(form)) || haystack.includes(wanted.slice(0, PART))
}

describe.each(Object.entries(SECRETS))('the secret %s', (_, secret) => {
  test('stands in no answer, wherever it was written, whole, cut or encoded', {
    timeout: 120_000,
  }, async () => {
    const shown: string[] = []
    const variants = [
      secret,
      secret.toUpperCase(),
      [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
    ]
    const calls = variants.flatMap((variant) => callsWith(variant))
    for (const { what, method = 'POST', path, headers, body } of calls) {
      const answer = await bench.app.inject({
        method: method as 'POST',
        url: path,
        ...(headers ? { headers } : {}),
        ...(body ? { payload: body } : {}),
      })
      const head = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`)
      if (shows([...head, answer.body].join('\n'), secret))
        shown.push(`${what}: ${answer.body.slice(0, 300)}`)
    }
    expect(shown).toEqual([])
  })

  test('is kept nowhere', async () => {
    const found = await bench.app.database.query(
      `select 1 from imports where position($1 in lower(imports::text)) > 0
       union all select 2 from syncs where position($1 in lower(syncs::text)) > 0
       union all select 3 from sync_schedules where position($1 in lower(sync_schedules::text)) > 0`,
      [secret.toLowerCase()],
    )
    expect(found).toEqual([])
  })
})
