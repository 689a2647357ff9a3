import type { FetchResponseBodyType } from '@looker/extension-sdk'
import { describe, expect, it } from 'vitest'
import { hostFixture } from './host-fixture.ts'

const host = hostFixture()

/** A hidden attribute that may be sent to one path of the backend. */
function defineKey(): void {
  host.looker.looker.instance.attributes.define({
    name: 'test_project_test_app_key',
    default_value: 'the-secret',
    value_is_hidden: true,
    hidden_value_domain_whitelist: [`${host.backend.origin}/token*`],
  })
}

describe('the proxies', () => {
  it('fetch from the page of the host, with its origin', async () => {
    const frame = await host.open()
    const answer = await host.inside(
      frame,
      ({ sdk }, url) =>
        sdk.fetchProxy(`${url}/data`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' },
          body: '{"a":1}',
        }),
      host.backend.origin,
    )
    expect(answer).toMatchObject({ ok: true, status: 200, body: { hello: 'extension' } })
    expect(host.backend.seen).toMatchObject([
      { url: '/data', headers: { origin: host.looker.origin, authorization: 'Bearer x' }, body: { a: 1 } },
    ])
    expect(
      await host.inside(frame, ({ sdk }, url) => sdk.fetchProxy(`${url}/text`), host.backend.origin),
    ).toMatchObject({ body: 'plain' })
    expect(
      await host.inside(frame, ({ sdk }, url) => sdk.fetchProxy(`${url}/teapot`), host.backend.origin),
    ).toMatchObject({ ok: false, status: 418 })
  })

  it('fail where CORS does not allow them, and where they are not entitled', async () => {
    const frame = await host.open()
    host.backend.allowed.delete(host.looker.origin)
    const url = host.backend.origin
    const blocked = await frame.evaluate(
      (target) => window.fixture!.sdk.fetchProxy(target).catch(String),
      url,
    )
    expect(blocked).toContain('Failed to fetch')
    host.backend.allowed.add(host.looker.origin)
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
    defineKey()
    const frame = await host.open()
    const call = (path: string) =>
      host.inside(
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
        host.backend.origin + path,
      )
    expect(await call('/token?key={{test_project_test_app_key}}')).toMatchObject({
      ok: true,
      body: { hello: 'extension' },
    })
    expect(host.backend.seen[0]).toMatchObject({
      url: expect.stringMatching(/^\/token\?key=(\{|%7B){2}test_project_test_app_key(\}|%7D){2}$/),
      headers: { authorization: 'Bearer the-secret' },
      body: { key: 'the-secret', other: '{{test_project_test_app_unknown}}' },
    })
    expect(host.backend.seen[0]?.headers).not.toHaveProperty('origin')
    await call('/elsewhere')
    expect(host.backend.seen[1]?.headers.authorization).toBe('Bearer {{test_project_test_app_key}}')
  })

  it('fill in no secret where the request goes from the page', async () => {
    defineKey()
    const frame = await host.open()
    await host.inside(
      frame,
      ({ sdk }, url) =>
        sdk.fetchProxy(`${url}/token`, {
          method: 'POST',
          headers: { Authorization: sdk.createSecretKeyTag('key'), 'Content-Type': 'text/plain' },
          body: sdk.createSecretKeyTag('key'),
        }),
      host.backend.origin,
    )
    expect(host.backend.seen).toMatchObject([
      {
        headers: { authorization: '{{test_project_test_app_key}}' },
        body: '{{test_project_test_app_key}}',
      },
    ])
  })

  it('read a body as it is wanted, else by its content type', async () => {
    const frame = await host.open()
    const read = (type: string | undefined) =>
      host.inside(
        frame,
        ({ sdk }, { url, wanted }) =>
          sdk.serverProxy(url, {}, wanted as FetchResponseBodyType).then(({ body }) => body),
        { url: `${host.backend.origin}/data`, wanted: type },
      )
    expect(await read('text')).toBe('{"hello":"extension"}')
    expect(await read('json')).toEqual({ hello: 'extension' })
    expect(await read('blob')).toEqual({ hello: 'extension' })
    expect(await read(undefined)).toEqual({ hello: 'extension' })
  })

  it('tell that nobody answers', async () => {
    const frame = await host.open()
    const { close } = host.backend
    await close()
    const answer = await frame.evaluate(
      (url) => window.fixture!.sdk.serverProxy(url).catch(String),
      host.backend.origin,
    )
    expect(answer).toContain('No answer from')
  })
})

describe.each([
  ['as it is', undefined],
  ['as an empty form', 'application/x-www-form-urlencoded'],
] as const)('a host whose server proxy passes on a request without a body %s', (bareRequest, type) => {
  const bare = hostFixture({ unknowns: { bareRequest } })

  it('says its content type accordingly', async () => {
    const frame = await bare.open()
    await bare.inside(
      frame,
      ({ sdk }, url) => sdk.serverProxy(`${url}/token`, { method: 'POST' }),
      bare.backend.origin,
    )
    expect(bare.backend.seen[0]?.headers['content-type']).toBe(type)
  })
})

describe('an extension that is entitled to everything on the machine', () => {
  const entitled = hostFixture()

  it.each(['fetchProxy', 'serverProxy'] as const)('does not reach the API of Looker by %s', async (name) => {
    await entitled.fixture.write(
      'manifest.lkml',
      `project_name: "own"
constant: ACTION_SERVER_URL { value: "" export: override_required }
application: app { file: "bundle.js" entitlements: { external_api_urls: ["http://127.0.0.1:*"] } }`,
    )
    const frame = await entitled.open('/', '/extensions', 'own::app')
    const call = (url: string) =>
      entitled.refusal(frame, ({ sdk }, target) => sdk[target?.name ?? 'fetchProxy'](target?.url ?? ''), {
        name,
        url,
      })
    expect(await call(`${entitled.looker.origin}/api/4.0/user`)).toContain(
      'Extension not entitled to access external',
    )
    expect(await call(`${entitled.backend.origin}/data`)).toContain('"ok":true')
  })
})
