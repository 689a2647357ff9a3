import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import { extensionSecretOf } from '../testing/extension-secret.ts'
import type { ProcessBench } from '../testing/process-bench.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { runAdmin } from '../testing/run-admin.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const LOOK = sampleLook({ id: 'users', rows: () => users(3) })
const ENVIRONMENT = { HEAP_ENVIRONMENTS: 'Production=11, Europe=55@eu' }

let database: TestDatabase
let bench: ProcessBench
let urls: string[]

beforeAll(async () => {
  database = await createPostgresDatabase()
  bench = await createProcessBench({ database, looks: [LOOK], servers: 2, environment: ENVIRONMENT })
  urls = (await Promise.all([bench.start(0), bench.start(1)])).map(({ url }) => url)
}, 240_000)
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

async function admin(...words: string[]) {
  return runAdmin({ ...database.environment, ...ENVIRONMENT }, ['connections', ...words])
}

async function json<T>(...words: string[]): Promise<T> {
  const { code, stdout, stderr } = await admin(...words, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as T
}

/** What every server answers to a token of the action, or to a secret of the extension. */
const formStatus = (token: string) =>
  Promise.all(
    urls.map(async (url) => {
      const headers = { authorization: `Token token="${token}"` }
      return (await fetch(`${url}/actions/heap/form`, { method: 'POST', headers })).status
    }),
  )
const exchangeStatus = (secret: string) =>
  Promise.all(
    urls.map(async (url) => {
      const headers = { authorization: `Bearer ${secret}` }
      return (await fetch(`${url}/api/token`, { method: 'POST', headers })).status
    }),
  )

/** @param lookerUrl null: the delivery does not say where it comes from */
async function execute(token: string, environment: string, lookerUrl: string | null): Promise<string> {
  const answer = await fetch(`${urls[0]}/actions/heap/execute`, {
    method: 'POST',
    headers: { authorization: `Token token="${token}"` },
    body: JSON.stringify({
      type: 'query',
      scheduled_plan: {
        scheduled_plan_id: 1,
        ...(lookerUrl !== null && {
          url: `${lookerUrl}/looks/1`,
          download_url: `${lookerUrl}/downloads/none`,
        }),
      },
      form_params: {
        env_id: environment,
        property_type: 'user',
        heap_field: 'Users Email',
        match_by: 'identity',
      },
    }),
  })
  return ((await answer.json()) as { looker: { message: string } }).looker.message
}

type Added = { action: string; extension: string }

test('a connection is added, rotated, narrowed and removed while two servers run, without a gap', {
  timeout: 240_000,
}, async () => {
  const added = await json<Added>('add', 'acme')
  // At once, on every server: nothing has to be waited for.
  expect(await formStatus(added.action)).toEqual([200, 200])
  expect(await exchangeStatus(added.extension)).toEqual([200, 200])
  expect(await formStatus(added.extension)).toEqual([403, 403])
  expect(await admin('add', 'acme')).toMatchObject({ code: 1, stdout: '' })

  const { token } = await json<{ token: string }>('rotate', 'acme', '--keep', '2')
  expect(await formStatus(token)).toEqual([200, 200])
  expect(await formStatus(added.action)).toEqual([200, 200])
  const list = await admin('list')
  expect(list.stdout).toMatch(
    /^acme +2, of which one ends \d{4}-\d\d-\d\dT\d\d:\d\d UTC +1 +all of the server/m,
  )
  expect(list.stdout).toMatch(/^default +of LOOKER_TOKEN +of EXTENSION_SECRET/m)
  for (const secret of [token, added.action, added.extension]) expect(list.stdout).not.toContain(secret)

  const last = await json<{ token: string }>('rotate', 'acme', '--keep', '0')
  expect(await formStatus(last.token)).toEqual([200, 200])
  await waitFor(
    async () =>
      (await formStatus(token)).concat(await formStatus(added.action)).every((status) => status === 403),
    'the end of the old tokens',
  )
  const secret = await json<{ token: string }>('rotate', 'acme', '--kind', 'extension', '--keep', '0')
  expect(await exchangeStatus(secret.token)).toEqual([200, 200])
  await waitFor(
    async () => (await exchangeStatus(added.extension)).every((status) => status === 401),
    'its end',
  )

  const origin = bench.origin(0)
  expect(await execute(last.token, '55', origin)).not.toContain('may not write')
  expect(await json('narrow', 'acme', '--environments', 'Production', '--origins', origin)).toEqual({
    connection: 'acme',
    environments: ['11'],
    origins: [origin],
  })
  await waitFor(
    async () => (await execute(last.token, '55', origin)).includes('may not write'),
    'the narrowing',
  )
  expect(await execute(last.token, '55', origin)).toContain('Choose one that it may: "Production (11)"')
  expect(await execute(last.token, '11', 'https://other.example')).toContain(`only from ${origin}`)
  expect(await execute(last.token, '11', null)).toContain(`only from ${origin}, and this one does not say`)
  expect(await execute(TOKEN, '11', null)).not.toContain('only from')
  // The other connection is as it was.
  expect(await execute(TOKEN, '55', origin)).not.toContain('may not write')
  await json('narrow', 'acme', '--environments', 'any')

  expect(await json('remove', 'acme')).toEqual({ removed: 'acme' })
  await waitFor(async () => (await formStatus(last.token)).every((status) => status === 403), 'the end')
  expect((await json<Added>('add', 'acme')).action).not.toBe(added.action)
})

test('what cannot be done says what to do', { timeout: 240_000 }, async () => {
  for (const [words, why] of [
    [['rotate', 'default'], /LOOKER_TOKEN=new,old and restart/],
    [['rotate', 'default', '--kind', 'extension'], /EXTENSION_SECRET=new,old and restart/],
    [['remove', 'default'], /Every server makes the default connection/],
    [['rotate', 'nobody'], /There is no connection "nobody". There are "default"/],
    [['narrow', 'default', '--environments', '99'], /"99" is not in HEAP_ENVIRONMENTS/],
  ] as const) {
    const { code, stdout, stderr } = await admin(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(why)
  }
  expect(await formStatus(TOKEN)).toEqual([200, 200])
  expect(await exchangeStatus(extensionSecretOf(TOKEN))).toEqual([200, 200])
})

test('LOOKER_TOKEN=new,old on one server after the other, then new alone', { timeout: 240_000 }, async () => {
  const next = 'the-new-token-of-the-action-in-this-test'
  const restart = async (token: string) => {
    for (const index of [0, 1]) {
      const { url } = await bench.restart(index, { LOOKER_TOKEN: token })
      urls[index] = url
      // Whatever the others have, the one that Looker still has is good everywhere.
      expect(await formStatus(token.includes(',') ? TOKEN : next)).toEqual([200, 200])
    }
  }
  await restart(`${next},${TOKEN}`)
  expect(await formStatus(next)).toEqual([200, 200])
  await restart(next)
  expect(await formStatus(TOKEN)).toEqual([403, 403])
})
