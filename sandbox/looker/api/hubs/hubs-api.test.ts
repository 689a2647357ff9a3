import type { IDataActionForm, IIntegration, IIntegrationHub } from '@looker/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { startFakeAction } from '../../testing/fake-action.ts'
import { ADMIN, startLooker, VIEWER } from '../../testing/start-looker.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(options: Parameters<typeof startLooker>[0] = {}) {
  const looker = await startLooker(options)
  closers.push(looker.close)
  return looker
}

describe('an instance without the action', () => {
  it('is set up by an admin in two calls', async () => {
    const { call, hub } = await start({ empty: true })
    expect((await call('GET', '/integrations')).body).toEqual([])
    const created = await call<IIntegrationHub>(
      'POST',
      '/integration_hubs',
      { url: hub.origin, authorization_token: 'from the hub' },
      ADMIN,
    )
    expect(created.body).toMatchObject({
      id: '7',
      url: hub.origin,
      label: 'Heap data import',
      fetch_error_message: null,
      has_authorization_token: true,
    })
    expect(created.body).not.toHaveProperty('authorization_token')
    const [integration] = (await call<IIntegration[]>('GET', '/integrations?integration_hub_id=7')).body
    expect(integration).toMatchObject({ id: '7::heap', label: 'Heap', enabled: false })
    const enabled = await call('PATCH', '/integrations/7%3A%3Aheap', { enabled: true }, ADMIN)
    expect(enabled.body).toMatchObject({ enabled: true })
    expect((await call('GET', '/integrations/7::heap')).body).toMatchObject({ enabled: true })
    expect(hub.requests.every(({ headers }) => headers.authorization === 'Token token="from the hub"')).toBe(
      true,
    )
    expect(hub.requests.map(({ url }) => url)).toEqual(['/', '/', '/form'])
  })

  it('takes a hub that does not answer, and says so', async () => {
    const { call } = await start({ empty: true })
    const { body } = await call<IIntegrationHub>(
      'POST',
      '/integration_hubs',
      { url: 'http://127.0.0.1:1' },
      ADMIN,
    )
    expect(body.fetch_error_message).toMatch(/ECONNREFUSED|connect/)
    expect((await call('GET', '/integrations')).body).toEqual([])
    const later = await startFakeAction()
    closers.push(later.close)
    const changed = await call<IIntegrationHub>(
      'PATCH',
      `/integration_hubs/${body.id}`,
      { url: later.origin },
      ADMIN,
    )
    expect(changed.body.fetch_error_message).toBeNull()
    expect((await call('GET', '/integrations')).body).toHaveLength(1)
  })
})

it('refuses a second hub of one URL and a URL that is none', async () => {
  const { call, hub } = await start()
  expect(await call('POST', '/integration_hubs', { url: hub.origin }, ADMIN)).toMatchObject({ status: 409 })
  expect(await call('POST', '/integration_hubs', { url: 'heap' }, ADMIN)).toMatchObject({ status: 422 })
})

it('lets admins only see and change hubs', async () => {
  const { call } = await start()
  for (const [verb, path, body] of [
    ['GET', '/integration_hubs'],
    ['POST', '/integration_hubs', { url: 'https://example.com' }],
    ['DELETE', '/integration_hubs/7'],
    ['PATCH', '/integrations/7::heap', { enabled: false }],
    ['POST', '/integrations/7::heap/test'],
  ] as const) {
    expect(await call(verb, path, body, VIEWER)).toMatchObject({ status: 404 })
  }
  expect((await call('DELETE', '/integration_hubs/7', undefined, ADMIN)).status).toBe(204)
  expect((await call('GET', '/integrations')).body).toEqual([])
  expect(await call('GET', '/integrations/7::heap')).toMatchObject({ status: 404 })
})

it('does not enable an action whose form fails', async () => {
  const { call, hub } = await start({
    empty: true,
    action: { form: () => ({ error: 'Set the region first.' }) },
  })
  await call('POST', '/integration_hubs', { url: hub.origin }, ADMIN)
  const answer = await call('PATCH', '/integrations/7::heap', { enabled: true }, ADMIN)
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ message: 'Set the region first.' }] } })
  expect((await call('POST', '/integrations/7::heap/test', {}, ADMIN)).body).toEqual({
    success: false,
    message: 'Set the region first.',
  })
})

describe('fetch_integration_form', () => {
  it("asks the action, with the hub's token and what was filled in", async () => {
    const { call, hub } = await start({
      action: {
        form: () => ({
          fields: [
            {
              name: 'kind',
              type: 'select',
              interactive: true,
              default: 'a',
              options: [{ name: 'a' }, { name: 'b' }],
            },
          ],
        }),
      },
    })
    const { body } = await call<IDataActionForm>('POST', '/integrations/7%3A%3Aheap/form', { kind: 'b' })
    expect(body.fields).toMatchObject([
      { name: 'kind', label: null, options: [{ name: 'a', label: 'a' }, {}] },
    ])
    expect(hub.requests.at(-1)?.body).toMatchObject({ form_params: { kind: 'b' } })
    expect(hub.requests.at(-1)?.headers.authorization).toBe('Token token="secret"')
  })

  it('fails when the action is gone', async () => {
    const { call, hub } = await start()
    await hub.close()
    expect(await call('POST', '/integrations/7::heap/form', {})).toMatchObject({ status: 400 })
  })

  it('or has no fields then', async () => {
    const { call, hub } = await start({ unknowns: { failedForm: 'empty' } })
    await hub.close()
    expect(await call('POST', '/integrations/7::heap/form', {})).toEqual({
      status: 200,
      body: { fields: [] },
    })
  })
})
