import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HeapStandIn } from '../../../sandbox/heap/heap-stand-in.ts'
import { createHeapStandIn } from '../../../sandbox/heap/heap-stand-in.ts'
import { installExtension } from '../../../sandbox/install-extension.ts'
import type { LookerStandIn } from '../../../sandbox/looker/looker-stand-in.ts'
import { createLookerStandIn } from '../../../sandbox/looker/looker-stand-in.ts'
import { reserveServerUrl, runServer } from '../../../sandbox/server-process.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { createPostgresDatabase } from '../../testing/engines.ts'
import { runOutside } from '../../testing/run-outside.ts'
import { SELF_SIGNED } from '../../testing/self-signed.ts'
import type { Probes } from './diagnose.ts'
import { diagnose, PROBES } from './diagnose.ts'
import type { CheckId, Finding } from './finding.ts'
import { CHECKS } from './finding.ts'

const TOKEN = 'the-token-of-the-action-for-the-doctor'
const SECRET = 'the-secret-of-the-extension-for-the-doctor'

let database: TestDatabase
let heap: HeapStandIn
let looker: LookerStandIn
let server: Awaited<ReturnType<typeof runServer>>
let environment: Record<string, string>
let directory = ''
const closers: (() => Promise<unknown>)[] = []

/** All that is needed, set up by `setup`; each test spoils one thing and puts it back. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'heap-import-doctor-'))
  database = await createPostgresDatabase()
  heap = createHeapStandIn()
  const { port, url } = await reserveServerUrl()
  const extension = installExtension(url)!
  looker = createLookerStandIn({ actionUrl: url, extension: extension.source })
  const [heapUrl, lookerUrl] = await Promise.all([heap.listen(), looker.listen()])
  environment = {
    ...database.environment,
    DATA_DIR: directory,
    PUBLIC_URL: url,
    LOOKER_TOKEN: TOKEN,
    EXTENSION_SECRET: SECRET,
    LOOKER_URL: lookerUrl,
    HEAP_API_URL: heapUrl,
  }
  server = await runServer(port, environment)
  const { clientId, clientSecret } = looker.instance.sessions.keyOf('1')
  Object.assign(environment, {
    LOOKERSDK_BASE_URL: lookerUrl,
    LOOKERSDK_CLIENT_ID: clientId,
    LOOKERSDK_CLIENT_SECRET: clientSecret,
  })
  const { code, stderr } = await runOutside(environment, ['setup'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}, 180_000)

afterAll(async () => {
  await server?.end('SIGTERM')
  for (const close of closers.splice(0).reverse()) await close()
  await Promise.all([looker?.close(), heap?.close()])
  await database?.remove()
  await rm(directory, { recursive: true, force: true })
})

let restore: () => unknown = () => undefined
beforeEach(() => async () => {
  await restore()
  restore = () => undefined
})

/** What the doctor finds, without what is fine. */
async function findings(change: Record<string, string> = {}, probes: Partial<Probes> = {}) {
  const found = await diagnose({ ...environment, ...change }, { ...PROBES, ...probes })
  expect(found.map(({ id }) => id)).toEqual(Object.keys(CHECKS))
  const text = JSON.stringify(found)
  for (const secret of [TOKEN, SECRET, environment.LOOKERSDK_CLIENT_SECRET])
    expect(text).not.toContain(secret)
  return found
}

const problemsOf = (found: readonly Finding[]) => found.filter(({ state }) => state === 'problem')

/** The problem of one check, and that no other check has one. */
async function onlyProblem(id: CheckId, change: Record<string, string> = {}, probes: Partial<Probes> = {}) {
  const problems = problemsOf(await findings(change, probes))
  expect(problems.map((finding) => finding.id)).toEqual([id])
  return problems[0]!
}

test('nothing is wrong; the test delivery reaches no user of Heap', { timeout: 120_000 }, async () => {
  const found = await findings()
  expect(problemsOf(found)).toEqual([])
  const of = (id: CheckId) => found.find((finding) => finding.id === id)
  expect(of('delivery')).toMatchObject({ state: 'fine' })
  // http and a Heap that is not Heap's are for trying; nobody has opened the extension.
  expect(found.filter(({ state }) => state !== 'fine').map(({ id }) => id)).toEqual([
    'certificate',
    'disk',
    'heap',
    'versions',
  ])
  expect(heap.requests()).toMatchObject({ requests: 0 })
  const { code, stdout } = await runOutside(environment, ['doctor', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ ok: true })
})

type Fault = {
  what: string
  id: CheckId
  spoil?: () => unknown
  change?: () => Record<string, string> | Promise<Record<string, string>>
  probes?: Partial<Probes>
  found: RegExp
  remedy: RegExp
}

const attribute = (key: string) =>
  looker.instance.attributes.find(`heap_data_import_heap_data_import_${key}`)!

/** Changes an object for one test. */
function spoilt<T extends object>(object: T, change: Partial<T>): void {
  const before = { ...object }
  Object.assign(object, change)
  restore = () => Object.assign(object, before)
}

const hub = () => looker.instance.hubs.all()[0]!

/** One thing is wrong, and the doctor names that alone. */
const ALONE: Fault[] = [
  {
    what: 'a database whose user may not create',
    id: 'database',
    change: async () => ({ DATABASE_URL: await poorUser() }),
    found: /may not create/,
    remedy: /grant create/,
  },
  {
    what: 'a database that is away',
    id: 'database',
    change: () => ({ DATABASE_URL: 'postgres://me:word@127.0.0.1:19/none' }),
    found: /cannot be used/,
    remedy: /cannot be reached/,
  },
  {
    what: 'Heap that is away',
    id: 'heap',
    change: () => ({ HEAP_API_URL: 'http://127.0.0.1:2' }),
    found: /does not answer/,
    remedy: /HEAP_API_URL/,
  },
  {
    what: "an API key that is not an admin's",
    id: 'looker',
    change: () => {
      const { clientId, clientSecret } = looker.instance.sessions.keyOf('2')
      return { LOOKERSDK_CLIENT_ID: clientId, LOOKERSDK_CLIENT_SECRET: clientSecret }
    },
    found: /Ann Analyst may not manage actions/,
    remedy: /key of a Looker admin/,
  },
  {
    what: 'an API key that is wrong',
    id: 'looker',
    change: () => ({ LOOKERSDK_CLIENT_SECRET: 'wrong' }),
    found: /does not accept the API key/,
    remedy: /LOOKERSDK_CLIENT_ID/,
  },
  {
    what: 'another token here than the server has',
    id: 'token',
    change: () => ({ LOOKER_TOKEN: 'x'.repeat(40) }),
    found: /does not take LOOKER_TOKEN/,
    remedy: /as the server has it/,
  },
  {
    what: 'another secret here than the server has',
    id: 'secret',
    change: () => ({ EXTENSION_SECRET: 'y'.repeat(40) }),
    found: /does not take EXTENSION_SECRET/,
    remedy: /as the server has it/,
  },
  {
    what: 'an action that is disabled',
    id: 'action',
    spoil: () => spoilt(hub().actions[0]!, { enabled: false }),
    found: /is disabled/,
    remedy: /Enable it/,
  },
  {
    what: 'no user attribute with the secret',
    id: 'secret_attribute',
    spoil: () => {
      const { name } = attribute('action_server_token')
      const kept = attribute('action_server_token')
      looker.instance.attributes.remove(name)
      restore = () => looker.instance.attributes.define(kept)
    },
    found: /there is no user attribute heap_data_import_heap_data_import_action_server_token/,
    remedy: /setup/,
  },
  {
    what: 'an allowlist that is too wide',
    id: 'secret_attribute',
    spoil: () =>
      spoilt(attribute('action_server_token'), {
        hidden_value_domain_whitelist: [`${environment.PUBLIC_URL}/*`],
      }),
    found: /allowlist.*\/api\/token/,
    remedy: /setup/,
  },
  {
    what: 'a secret that browsers may read',
    id: 'secret_attribute',
    spoil: () => spoilt(attribute('action_server_token'), { value_is_hidden: false }),
    found: /not hidden.*Give the extension a new one/,
    remedy: /setup/,
  },
  {
    what: 'an address that is an old one',
    id: 'address_attribute',
    spoil: () => spoilt(attribute('action_server_url'), { default_value: 'https://old.example.com' }),
    found: /old\.example\.com/,
    remedy: /setup/,
  },
  {
    what: 'no LookML project',
    id: 'project',
    spoil: () => {
      const project = looker.instance.projects.all()[0]!
      looker.instance.projects.remove(project.name)
      restore = () => looker.instance.projects.install(project.source)
    },
    found: /is not there/,
    remedy: /push dist\/heap-data-import/,
  },
  {
    what: 'a project that is not in production',
    id: 'project',
    spoil: () => spoilt(looker.instance.projects.all()[0]!, { isDeployed: false }),
    found: /not in production/,
    remedy: /deploy/,
  },
]

test.each(ALONE)('it finds $what', { timeout: 120_000 }, async ({ id, spoil, change, found, remedy }) => {
  await spoil?.()
  const finding = await onlyProblem(id, await change?.())
  expect(finding.found).toMatch(found)
  expect(finding.remedy).toMatch(remedy)
})

test('it finds little room', { timeout: 120_000 }, async () => {
  const embedded = { DATABASE_URL: '', DATA_DIR: directory }
  const found = await findings(embedded, { freeBytes: async () => 200 * 1024 ** 2 })
  const disk = found.find(({ id }) => id === 'disk')
  expect(disk).toMatchObject({ state: 'problem', found: '0.2 GiB free' })
  expect(disk?.remedy).toMatch(/Make room/)
  expect(found.find(({ id }) => id === 'database')?.found).toMatch(/no database in DATA_DIR/)
})

test('it finds the token that Looker has wrong', { timeout: 120_000 }, async () => {
  spoilt(hub(), { token: 'another-token-than-that-of-the-server' })
  const problems = problemsOf(await findings())
  expect(problems.map(({ id }) => id)).toContain('hub_token')
  expect(problems.map(({ id }) => id)).not.toContain('reach')
  expect(problems.find(({ id }) => id === 'hub_token')?.remedy).toMatch(/setup/)
})

test('it finds that Looker has no hub', { timeout: 120_000 }, async () => {
  spoilt(hub(), { url: 'https://elsewhere.example.com' })
  const finding = await onlyProblem('hub')
  expect(finding.found).toMatch(/has no action hub http/)
  expect(finding.remedy).toMatch(/setup/)
})

test('it finds that Looker does not reach the server, which answers here', { timeout: 120_000 }, async () => {
  const own = environment.PUBLIC_URL!
  const firewall = await listen(
    createHttpServer(async (request, response) => {
      if (/LookerOutgoingWebhook/.test(request.headers['user-agent'] ?? '')) return request.socket.destroy()
      const { authorization } = request.headers
      const answer = await fetch(`${own}${request.url}`, {
        method: request.method!,
        headers: authorization === undefined ? {} : { authorization },
      })
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end((await answer.text()).replaceAll(own, `http://${request.headers.host}`))
    }),
  )
  spoilt(hub(), { url: firewall })
  const problems = problemsOf(await findings({ PUBLIC_URL: firewall }))
  const reach = problems.find(({ id }) => id === 'reach')
  expect(reach?.found).toMatch(/it gets no answer/)
  expect(reach?.remedy).toMatch(/firewall/)
  expect(problems.map(({ id }) => id)).not.toContain('public_url')
  expect(problems.map(({ id }) => id)).not.toContain('hub_token')
})

test.each([
  ['nothing listens there', 'http://127.0.0.1:2', /nothing listens/, /Start the server/],
  ['a name that is not known', 'https://no-such-host.invalid', /name/, /DNS/],
])('it finds %s', { timeout: 120_000 }, async (_what, url, found, remedy) => {
  const problem = problemsOf(await findings({ PUBLIC_URL: url })).find(({ id }) => id === 'public_url')
  expect(problem?.found).toMatch(found)
  expect(problem?.remedy).toMatch(remedy)
})

test('it finds another web site, a clock that is wrong, and a certificate of no authority', {
  timeout: 120_000,
}, async () => {
  const site = await listen(createHttpServer((_request, response) => response.end('<html>Welcome</html>')))
  const other = problemsOf(await findings({ PUBLIC_URL: site })).find(({ id }) => id === 'public_url')
  expect(other?.found).toMatch(/something else answers/)
  expect(other?.remedy).toMatch(/pass all paths that Looker needs on/)

  const late = await listen(
    createHttpServer((request, response) => {
      response.setHeader('date', new Date(Date.now() - 600_000).toUTCString())
      response.setHeader('content-type', 'application/json')
      const url = `http://${request.headers.host}/actions/heap/execute`
      response.end(JSON.stringify({ integrations: [{ name: 'heap', url }] }))
    }),
  )
  const clock = problemsOf(await findings({ PUBLIC_URL: late })).find(({ id }) => id === 'clock')
  expect(clock?.found).toMatch(/(59\d|60\d) seconds behind/)
  expect(clock?.remedy).toMatch(/NTP/)

  const secure = await listen(createHttpsServer(SELF_SIGNED), 'https')
  const found = problemsOf(await findings({ PUBLIC_URL: secure }))
  expect(found.find(({ id }) => id === 'certificate')).toMatchObject({
    found: 'the certificate is signed by itself',
    remedy: expect.stringContaining('public authority'),
  })
})

test('it finds a server that takes itself for another', { timeout: 120_000 }, async () => {
  const alias = environment.PUBLIC_URL!.replace('127.0.0.1', 'localhost')
  const problem = problemsOf(await findings({ PUBLIC_URL: alias })).find(({ id }) => id === 'public_url')
  expect(problem?.found).toBe(`the server takes itself for ${environment.PUBLIC_URL}`)
  expect(problem?.remedy).toMatch(/Start it with this PUBLIC_URL/)
})

test('it finds regions that contradict, and ends with 1 and a table', { timeout: 120_000 }, async () => {
  const wrong = { HEAP_API_URL: 'https://heapanalytics.com', HEAP_ENVIRONMENTS: 'Europe=55@eu' }
  const settings = await onlyProblem('settings', wrong)
  expect(settings.found).toMatch(/region/)
  const { code, stdout, stderr } = await runOutside({ ...environment, ...wrong }, ['doctor'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '1 check found a problem.' })
  expect(stdout).toMatch(/^PROBLEM +Settings of the server +.*\n +-> Correct the setting/)
})

// The last one: the server remembers what has called it.
test('it finds an extension of another version', { timeout: 120_000 }, async () => {
  await tellVersion('7.0.0')
  const finding = await onlyProblem('versions')
  expect(finding.found).toMatch(/extension 7\.0\.0, server/)
  expect(finding.remedy).toMatch(/Start the release of the server/)
})

/** As the extension does it. */
async function tellVersion(version: string): Promise<void> {
  const post = { method: 'POST', headers: { authorization: `Bearer ${SECRET}` } }
  const answer = await fetch(`${environment.PUBLIC_URL}/api/token`, post)
  const { accessToken } = (await answer.json()) as { accessToken: string }
  const told = await fetch(`${environment.PUBLIC_URL}/api/v1/version?extension=${version}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  expect(told.status).toBe(200)
}

async function listen(created: ReturnType<typeof createHttpServer>, protocol = 'http'): Promise<string> {
  created.listen(0, '127.0.0.1')
  await once(created, 'listening')
  closers.push(async () => created.close())
  return `${protocol}://127.0.0.1:${(created.address() as AddressInfo).port}`
}

/** A user who may look, and no more. */
async function poorUser(): Promise<string> {
  const owner = database.environment.DATABASE_URL!
  const name = `poor_${process.pid}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: owner })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await run(`create role ${name} login password 'poor'`)
  restore = () => run(`drop role ${name}`)
  const url = new URL(owner)
  url.username = name
  url.password = 'poor'
  return url.href
}
