import type { IUserAttribute } from '@looker/sdk'
import { LookerNodeSDK, NodeSettings } from '@looker/sdk-node'
import { afterEach, describe, expect, it } from 'vitest'
import { ADMIN, ANALYST, startLooker } from '../../../testing/start-looker.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(options: Parameters<typeof startLooker>[0] = {}) {
  const looker = await startLooker(options)
  closers.push(looker.close)
  return looker
}

const SECRET = {
  name: 'my_project_my_app_secret',
  label: 'Secret',
  type: 'string',
  default_value: 'hush',
  value_is_hidden: true,
  user_can_view: false,
  user_can_edit: false,
  hidden_value_domain_whitelist: 'https://one.example.com/api/token, https://two.example.com/*',
}

describe('sessions of API clients', () => {
  it('are opened by the SDK with a key, and end', async () => {
    const { looker, origin } = await start()
    const { clientId, clientSecret } = looker.instance.sessions.keyOf(ADMIN)
    const settings = new NodeSettings('NOT_SET', { base_url: origin } as never)
    settings.readConfig = () => ({ client_id: clientId, client_secret: clientSecret })
    const sdk = LookerNodeSDK.init40(settings)
    expect(await sdk.ok(sdk.me())).toMatchObject({ id: ADMIN })
    expect(await sdk.ok(sdk.versions())).toMatchObject({ looker_release_version: '26.12.0' })
    await sdk.authSession.logout()
  })

  it('are refused with 404 for a wrong key, and for one in the query', async () => {
    const { looker, origin } = await start()
    const { clientId, clientSecret } = looker.instance.sessions.keyOf(ADMIN)
    const post = (query: string, body: string) =>
      fetch(`${origin}/api/4.0/login${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      })
    expect((await post('', `client_id=${clientId}&client_secret=no`)).status).toBe(404)
    expect((await post(`?client_id=${clientId}&client_secret=${clientSecret}`, '')).status).toBe(404)
    expect((await post('', `client_id=${clientId}&client_secret=${clientSecret}`)).status).toBe(200)
  })
})

describe('user attributes', () => {
  it('are made, read without a hidden value, changed and deleted', async () => {
    const { call } = await start()
    const made = await call<IUserAttribute>('POST', '/user_attributes', SECRET, ADMIN)
    expect(made.body).toMatchObject({
      name: SECRET.name,
      default_value: null,
      value_is_hidden: true,
      hidden_value_domain_whitelist: 'https://one.example.com/api/token,https://two.example.com/*',
    })
    const one = `/user_attributes/${made.body.id}`
    expect((await call('PATCH', one, { user_can_view: true }, ADMIN)).body).toMatchObject({
      user_can_view: true,
    })
    expect((await call('DELETE', one, undefined, ADMIN)).status).toBe(204)
    expect((await call('GET', one, undefined, ADMIN)).status).toBe(404)
  })

  it('have names and labels of their own, and both and a type', async () => {
    const { call } = await start()
    await call('POST', '/user_attributes', SECRET, ADMIN)
    const same = [SECRET, { ...SECRET, name: 'other' }, { ...SECRET, label: 'Other' }]
    for (const body of same) expect((await call('POST', '/user_attributes', body, ADMIN)).status).toBe(422)
    expect(await call('POST', '/user_attributes', { name: 'bare' }, ADMIN)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'label' }, { field: 'type' }] },
    })
    const odd = { ...SECRET, name: 'odd', label: 'Odd', hidden_value_domain_whitelist: ['a list'] }
    expect((await call('POST', '/user_attributes', odd, ADMIN)).status).toBe(422)
  })

  it.each([
    ['refused', 422, SECRET.hidden_value_domain_whitelist.replace(' ', '')],
    ['passed_over', 200, SECRET.hidden_value_domain_whitelist.replace(' ', '')],
  ] as const)('keep their allow-list: a change is %s', async (allowlistEdit, status, kept) => {
    const { call } = await start({ unknowns: { allowlistEdit } })
    const { body } = await call<IUserAttribute>('POST', '/user_attributes', SECRET, ADMIN)
    const change = { hidden_value_domain_whitelist: 'https://three.example.com/*' }
    expect((await call('PATCH', `/user_attributes/${body.id}`, change, ADMIN)).status).toBe(status)
    const after = await call('GET', `/user_attributes/${body.id}`, undefined, ADMIN)
    expect(after.body).toMatchObject({ hidden_value_domain_whitelist: kept })
  })

  it('are for admins', async () => {
    const { call } = await start()
    expect((await call('GET', '/user_attributes', undefined, ANALYST)).status).toBe(404)
    expect((await call('POST', '/user_attributes', SECRET, ANALYST)).status).toBe(404)
  })
})

describe('hubs', () => {
  it('may want an agreement before an action is enabled', async () => {
    const { call, hub } = await start({ empty: true, unknowns: { legalAgreement: 'required' } })
    const { body } = await call('POST', '/integration_hubs', { url: hub.origin }, ADMIN)
    expect(body).toMatchObject({ legal_agreement_required: true, legal_agreement_signed: false })
    const enable = () => call('PATCH', '/integrations/7::heap', { enabled: true }, ADMIN)
    expect((await enable()).status).toBe(422)
    const accept = () => call('POST', '/integration_hubs/7/accept_legal_agreement', {}, ADMIN)
    expect((await accept()).body).toMatchObject({ legal_agreement_signed: true })
    expect((await accept()).status).toBe(422)
    expect((await enable()).body).toMatchObject({ enabled: true })
  })

  it('say how they are, since 25.18', async () => {
    const { call, hub } = await start()
    const health = () => call('GET', '/integration_hubs/7/health', undefined, ADMIN)
    expect((await health()).body).toEqual({ success: true, message: null })
    await hub.close()
    expect((await health()).body).toMatchObject({ success: false })
    const old = await start({ unknowns: { hubHealth: 'not_there' } })
    expect((await old.call('GET', '/integration_hubs/7/health', undefined, ADMIN)).status).toBe(404)
  })
})

describe('an instance without a project', () => {
  it('has none, and no model; who may not develop may not ask', async () => {
    const { call } = await start()
    expect((await call('GET', '/projects', undefined, ADMIN)).body).toEqual([])
    expect((await call('GET', '/projects/heap_data_import', undefined, ADMIN)).status).toBe(404)
    expect((await call('GET', '/projects', undefined, ANALYST)).status).toBe(403)
    expect((await call('GET', '/lookml_models/heap_data_import', undefined, ADMIN)).status).toBe(404)
    expect((await call('GET', '/roles', undefined, ADMIN)).body).toHaveLength(6)
  })
})
