import Fastify from 'fastify'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../../testing/browser.ts'
import { startLooker, validPlan } from '../testing/start-looker.ts'
import { buildFixture, fixtureSource } from './fixture/build-fixture.ts'
import type { Fixture } from './fixture/main.ts'

// Looker's own SDK in a real browser, in a sandboxed frame, against the host.

const ID = 'test-project::test-app'

let browser: Browser
let fixture: Awaited<ReturnType<typeof buildFixture>>
let backend: Awaited<ReturnType<typeof startBackend>>
let looker: Awaited<ReturnType<typeof startLooker>>
let page: Page

/** What the extension calls through the proxies; it allows the origins that it is told. */
async function startBackend() {
  const app = Fastify()
  const allowed = new Set<string>()
  const seen: { url: string; headers: Record<string, unknown>; body: unknown }[] = []
  app.addHook('onRequest', async (request, reply) => {
    const { origin = '' } = request.headers
    if (allowed.has(origin)) {
      reply.header('access-control-allow-origin', origin)
      reply.header('access-control-allow-headers', 'authorization,content-type')
    }
    if (request.method === 'OPTIONS') reply.code(204).send()
  })
  app.all('/*', async ({ url, headers, body }, reply) => {
    seen.push({ url, headers, body })
    if (url.startsWith('/text')) return reply.type('text/plain').send('plain')
    return reply.code(url.startsWith('/teapot') ? 418 : 200).send({ hello: 'extension' })
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { origin, allowed, seen, close: () => app.close() }
}

beforeAll(async () => {
  ;[browser, fixture, backend] = await Promise.all([openBrowser(), buildFixture(), startBackend()])
  looker = await startLooker({ extension: fixtureSource(fixture.directory, () => backend.origin) })
  backend.allowed.add(looker.origin)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await looker?.close()
  await backend?.close()
  await fixture?.remove()
})

beforeEach(async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  page = await context.newPage()
  backend.seen.length = 0
})

afterEach(() => page.context().close())

async function open(path = '/', host = '/extensions'): Promise<Frame> {
  await page.goto(`${looker.origin}${host}/${ID}${path}`)
  return connected()
}

/** The frame, once its extension is initialised. */
async function connected(): Promise<Frame> {
  const element = await page.waitForSelector('#extension iframe')
  const frame = await element.contentFrame()
  await frame?.waitForFunction(() => window.fixture !== undefined)
  return frame!
}

/** Runs a function with the fixture in the frame; a rejection comes back as its text. */
function inside<T, A>(frame: Frame, run: (fixture: Fixture, argument: A) => Promise<T> | T, argument?: A) {
  return frame.evaluate(`(${run.toString()})(window.fixture, ${JSON.stringify(argument)})`) as Promise<T>
}

async function refusal(frame: Frame, run: (fixture: Fixture) => Promise<unknown>): Promise<string> {
  return inside(frame, run).then(
    (value) => `answered ${JSON.stringify(value)}`,
    (error: Error) => error.message.replace(/^.*?Error: /s, '').split('\n')[0] ?? '',
  )
}

describe('the frame', () => {
  it('is a sandboxed document without anything but the script', async () => {
    const frame = await open()
    expect(await page.getAttribute('#extension iframe', 'sandbox')).toBe('allow-scripts allow-forms')
    expect(await page.getAttribute('#extension iframe', 'title')).toBe('Test extension')
    const facts = await frame.evaluate(() => ({
      origin: window.origin,
      atStart: window.fixture?.atStart,
      children: document.body.childElementCount,
      lang: document.documentElement.lang,
      metadata: window.lookerExtensionMetadata,
    }))
    expect(facts).toMatchObject({
      origin: 'null',
      atStart: { hasBody: false, mode: 'CSS1Compat', charset: 'windows-1252', elements: 2 },
      children: 0,
      lang: '',
      metadata: { label: 'Test extension', entitlements: { local_storage: true, use_embeds: false } },
    })
    expect(new URL(frame.url()).origin).not.toBe(looker.origin)
  })

  it('may reach entitled servers only, and those by CORS', async () => {
    const frame = await open()
    const reach = (url: string) =>
      frame.evaluate(
        (target) =>
          fetch(target).then(
            () => 'reached',
            (error) => String(error),
          ),
        url,
      )
    backend.allowed.add('null')
    expect(await reach(`${backend.origin}/direct`)).toBe('reached')
    backend.allowed.delete('null')
    expect(await reach(`${backend.origin}/direct`)).toContain('Failed to fetch')
    expect(await reach(`${looker.hub.origin}/`)).toContain('Failed to fetch')
  })

  it('is not served for another extension', async () => {
    const answer = await page.goto(`${looker.origin}/extensions/other::app/`)
    expect(answer?.status()).toBe(404)
  })
})

describe('the handshake', () => {
  it('initialises the extension with what the host knows', async () => {
    const frame = await open('/looks/12?step=2')
    const data = await inside(frame, ({ sdk, initialRoute }) => ({ ...sdk.lookerHostData, initialRoute }))
    expect(data).toMatchObject({
      extensionId: ID,
      lookerVersion: '26.12.0',
      hostOrigin: looker.origin,
      hostType: 'standard',
      mountPoint: 'standalone',
      initialRoute: '/looks/12?step=2',
      contextData: '{}',
    })
    expect(await inside(frame, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
    await page.waitForFunction(() => document.body.dataset.extension?.startsWith('SDK '))
  })

  it.each([
    ['/spartan', 'spartan'],
    ['/embed/extensions', 'embed'],
  ])('works under %s, without the pages around it', async (host, hostType) => {
    const frame = await open('/one?two=3', host)
    const data = await inside(frame, ({ sdk, initialRoute }) => [sdk.lookerHostData?.hostType, initialRoute])
    expect(data).toEqual([hostType, '/one?two=3'])
    expect(await page.locator('nav').count()).toBe(0)
  })

  it('gives a frame that reloads a new host', async () => {
    const frame = await open()
    await frame.evaluate(() => location.reload()).catch(() => {})
    await page.waitForFunction(
      () => document.querySelectorAll('[data-request^="EXTENSION_UNLOADED"]').length > 0,
    )
    const again = await connected()
    expect(await inside(again, ({ sdk }) => sdk.verifyHostConnection())).toBe(true)
  })

  it('tells a version that is too low', async () => {
    await page.goto(`${looker.origin}/extensions/${ID}/?sandbox.lookerVersion=21.0.0`)
    await expect.poll(() => page.getAttribute('body', 'data-extension')).toContain('version')
  })

  it('does not initialise an extension whose Ack is lost', async () => {
    await page.goto(`${looker.origin}/extensions/${ID}/?sandbox.dropAck=yes`)
    await page.waitForSelector('#extension iframe')
    await page.waitForTimeout(1_000)
    const [, frame] = page.frames()
    expect(await frame!.evaluate(() => window.fixture)).toBeUndefined()
    expect(await page.getAttribute('body', 'data-extension')).toBeNull()
  })
})

describe('calls of the API', () => {
  it('are made with the rights of the user', async () => {
    const frame = await open()
    expect(await inside(frame, async ({ core }) => core.me('id,display_name'))).toEqual({
      ok: true,
      value: { id: '2', display_name: 'Ann Analyst' },
    })
    const found = await inside(frame, async ({ core }) =>
      core.search_looks({ title: '%crm users%', fields: 'id', limit: 1 }),
    )
    expect(found).toEqual({ ok: true, value: [{ id: '1' }] })
    const rows = await inside(frame, async ({ core }) =>
      core.run_look({ look_id: '3', result_format: 'json_detail', limit: 2 }),
    )
    expect(rows).toMatchObject({ ok: true, value: { data: [{}, {}] } })
  })

  it('resolve with the error of the API', async () => {
    const frame = await open()
    expect(await inside(frame, async ({ core }) => core.look('a/b'))).toMatchObject({
      ok: false,
      error: { message: 'Not found', documentation_url: expect.stringContaining('/err/4.0/404/get/looks/') },
    })
    const plan = await inside(frame, async ({ core }) =>
      core.create_scheduled_plan({ name: 'x', look_id: '3' }),
    )
    expect(plan).toMatchObject({
      ok: false,
      error: { message: 'Validation Failed', errors: expect.any(Array) },
    })
  })

  it('answer an empty text where there is no content', async () => {
    const { body } = await looker.call<{ id: string }>('POST', '/scheduled_plans', validPlan())
    const frame = await open()
    const removed = await inside(frame, async ({ core }, id) => core.delete_scheduled_plan(id ?? ''), body.id)
    expect(removed).toEqual({ ok: true, value: '' })
  })

  it('are refused in words of Looker when the manifest does not list them', async () => {
    const frame = await open()
    expect(await refusal(frame, ({ core }) => core.all_scheduled_plans({}))).toBe(
      'Error: Extension not entitled to use api method all_scheduled_plans',
    )
    expect(await refusal(frame, ({ core }) => core.all_users({}))).toContain(
      'The Looker stand-in does not have GET /users',
    )
  })

  it('fail, hang and take their time when the address says so', async () => {
    const query = '?sandbox.fail=look:403&sandbox.hang=me&sandbox.latency=300'
    const frame = await open(`/${query}`)
    expect(await inside(frame, ({ initialRoute }) => initialRoute)).toBe('/')
    const start = Date.now()
    expect(await inside(frame, async ({ core }) => core.look('1'))).toMatchObject({
      ok: false,
      error: { documentation_url: expect.stringContaining('/403/') },
    })
    expect(Date.now() - start).toBeGreaterThan(290)
    const hanging = inside(frame, async ({ core }) =>
      Promise.race([core.me(), new Promise((done) => setTimeout(done, 800, 'still waiting'))]),
    )
    expect(await hanging).toBe('still waiting')
  })
})

describe('what the host keeps', () => {
  it('stores texts under a prefix of the extension, over a reload', async () => {
    const frame = await open()
    expect(await inside(frame, ({ sdk }) => sdk.localStorageSetItem('draft', 'kept'))).toBe(true)
    expect(await inside(frame, ({ sdk }) => sdk.localStorageGetItem('none'))).toBeNull()
    expect(await page.evaluate((id) => localStorage.getItem(`${id}:draft`), ID)).toBe('kept')
    await page.reload()
    const again = await connected()
    expect(await inside(again, ({ sdk }) => sdk.localStorageGetItem('draft'))).toBe('kept')
    expect(await inside(again, ({ sdk }) => sdk.localStorageRemoveItem('draft'))).toBe(true)
    expect(await inside(again, ({ sdk }) => sdk.localStorageGetItem('draft'))).toBeNull()
  })

  it('keeps context data for all users', async () => {
    const frame = await open()
    await inside(frame, ({ sdk }) => sdk.saveContextData({ colour: 'blue' }))
    expect(await inside(frame, ({ sdk }) => sdk.refreshContextData())).toEqual({ colour: 'blue' })
    await page.context().addCookies([{ name: 'looker_user', value: '4', url: looker.origin }])
    const other = await open()
    expect(await inside(other, ({ sdk }) => sdk.getContextData())).toEqual({ colour: 'blue' })
  })

  it('knows user attributes by the rules of their kind', async () => {
    const { attributes } = looker.looker.instance
    attributes.define({ name: 'test_project_test_app_note', default_value: 'default' })
    attributes.define({ name: 'test_project_test_app_secret', default_value: 'hush', value_is_hidden: true })
    const frame = await open()
    expect(await inside(frame, ({ sdk }) => sdk.userAttributeGetItem('locale'))).toBe('en')
    expect(await inside(frame, ({ sdk }) => sdk.userAttributeGetItem('note'))).toBe('default')
    expect(await inside(frame, ({ sdk }) => sdk.userAttributeSetItem('note', 'mine'))).toBe(true)
    expect(await inside(frame, ({ sdk }) => sdk.userAttributeGetItem('note'))).toBe('mine')
    await inside(frame, ({ sdk }) => sdk.userAttributeResetItem('note'))
    expect(await inside(frame, ({ sdk }) => sdk.userAttributeGetItem('note'))).toBe('default')
    expect(await inside(frame, ({ sdk }) => sdk.userAttributeGetItem('secret'))).toBeNull()
    expect(await refusal(frame, ({ sdk }) => sdk.userAttributeGetItem('missing'))).toMatch(/is not defined/)
    expect(await refusal(frame, ({ sdk }) => sdk.userAttributeSetItem('locale', 'de'))).toMatch(
      /not entitled/,
    )
    expect(await refusal(frame, ({ sdk }) => sdk.userAttributeGetItem('email'))).toMatch(/not entitled/)
  })
})

describe('routes and windows', () => {
  it('follow the extension, and the extension follows the back button', async () => {
    const frame = await open('/?sandbox.latency=1')
    await inside(frame, ({ sdk }) => sdk.clientRouteChanged('/join-key?look=3', { from: 'test' }))
    await expect
      .poll(() => page.url())
      .toBe(`${looker.origin}/extensions/${ID}/join-key?look=3&sandbox.latency=1`)
    await inside(frame, ({ sdk }) => sdk.clientRouteChanged('/when'))
    await expect.poll(() => page.url()).toContain('/when')
    await page.goBack()
    await expect.poll(() => inside(frame, ({ hostRoutes }) => hostRoutes)).toEqual(['/join-key?look=3'])
    await inside(frame, ({ sdk }) => sdk.clientRouteChanged('/join-key?look=3'))
    await page.goForward()
    await expect.poll(() => inside(frame, ({ hostRoutes }) => hostRoutes.at(-1))).toBe('/when')
  })

  it('give the page a title and open pages', async () => {
    const frame = await open()
    await inside(frame, ({ sdk }) => sdk.updateTitle('Heap syncs'))
    await expect.poll(() => page.title()).toBe('Heap syncs')
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      inside(frame, ({ sdk }) => sdk.openBrowserWindow('/looks/3')),
    ])
    await popup.waitForURL(`${looker.origin}/looks/3`)
    await inside(frame, ({ sdk }) => sdk.openBrowserWindow('https://example.com/'))
    await expect.poll(() => page.locator('[data-outcome*="not entitled to open"]').count()).toBe(1)
    await inside(frame, ({ sdk }) => sdk.updateLocation('/looks'))
    await page.waitForURL(`${looker.origin}/looks`)
  })

  it('copy to the clipboard', async () => {
    const frame = await open()
    await page.bringToFront()
    await inside(frame, ({ sdk }) => sdk.clipboardWrite('a plan id'))
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('a plan id')
  })
})

describe('the proxies', () => {
  it('fetch from the page of the host, with its origin', async () => {
    const frame = await open()
    const answer = await inside(
      frame,
      ({ sdk }, url) =>
        sdk.fetchProxy(`${url}/data`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' },
          body: '{"a":1}',
        }),
      backend.origin,
    )
    expect(answer).toMatchObject({ ok: true, status: 200, body: { hello: 'extension' } })
    expect(backend.seen).toMatchObject([
      { url: '/data', headers: { origin: looker.origin, authorization: 'Bearer x' }, body: { a: 1 } },
    ])
    expect(
      await inside(frame, ({ sdk }, url) => sdk.fetchProxy(`${url}/text`), backend.origin),
    ).toMatchObject({ body: 'plain' })
    expect(
      await inside(frame, ({ sdk }, url) => sdk.fetchProxy(`${url}/teapot`), backend.origin),
    ).toMatchObject({ ok: false, status: 418 })
  })

  it('fail where CORS does not allow them, and where they are not entitled', async () => {
    const frame = await open()
    backend.allowed.delete(looker.origin)
    const url = backend.origin
    const blocked = await frame.evaluate(
      (target) => window.fixture!.sdk.fetchProxy(target).catch(String),
      url,
    )
    expect(blocked).toContain('Failed to fetch')
    backend.allowed.add(looker.origin)
    const refused = await frame.evaluate(() =>
      window.fixture!.sdk.fetchProxy('https://example.com/').catch(String),
    )
    expect(refused).toContain('Extension not entitled to access external')
    const alsoRefused = await frame.evaluate(() =>
      window.fixture!.sdk.serverProxy('https://example.com/').catch(String),
    )
    expect(alsoRefused).toContain('Extension not entitled to access external')
  })

  it('go through the server, where secrets are filled in for allowed domains', async () => {
    looker.looker.instance.attributes.define({
      name: 'test_project_test_app_key',
      default_value: 'the-secret',
      value_is_hidden: true,
      hidden_value_domain_whitelist: [`${backend.origin}/token*`],
    })
    const frame = await open()
    const call = (path: string) =>
      inside(
        frame,
        ({ sdk }, url) =>
          sdk.serverProxy(url ?? '', {
            method: 'POST',
            headers: {
              Authorization: `Bearer ${sdk.createSecretKeyTag('key')}`,
              'Content-Type': 'application/json',
            },
            body: JSON.stringify({
              key: sdk.createSecretKeyTag('key'),
              other: sdk.createSecretKeyTag('unknown'),
            }),
          }),
        backend.origin + path,
      )
    expect(await call('/token?key={{test_project_test_app_key}}')).toMatchObject({
      ok: true,
      body: { hello: 'extension' },
    })
    expect(backend.seen[0]).toMatchObject({
      url: '/token?key=the-secret',
      headers: { authorization: 'Bearer the-secret' },
      body: { key: 'the-secret', other: '{{test_project_test_app_unknown}}' },
    })
    expect(backend.seen[0]?.headers).not.toHaveProperty('origin')
    await call('/elsewhere')
    expect(backend.seen[1]?.headers.authorization).toBe('Bearer {{test_project_test_app_key}}')
  })

  it('tell that nobody answers', async () => {
    const frame = await open()
    const { close } = backend
    await close()
    const answer = await frame.evaluate(
      (url) => window.fixture!.sdk.serverProxy(url).catch(String),
      backend.origin,
    )
    expect(answer).toContain('No answer from')
  })
})
