import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHeapStandIn } from './heap-stand-in.ts'

const heap = createHeapStandIn({ maxBytes: 300_000 })
let url = ''

beforeAll(async () => {
  url = await heap.listen()
})
beforeEach(() => heap.reset())
afterAll(() => heap.close())

const USERS = '/api/add_user_properties'
const ACCOUNTS = '/api/add_account_properties'
const INTEGRATIONS = '/api/integrations/add_user_properties'

async function post(path: string, body: unknown, contentType = 'application/json') {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  const answer = await fetch(url + path, {
    method: 'POST',
    body: text as string,
    headers: { 'content-type': contentType },
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

const bulk = (...users: unknown[]) => ({ app_id: '11', users })
const one = (properties: unknown) => bulk({ identity: 'a', properties })

describe('what Heap takes', () => {
  it('upserts users, one or many', async () => {
    expect(
      await post(USERS, { app_id: '11', identity: 'a', properties: { Plan: 'Pro', Seats: 1 } }),
    ).toMatchObject({
      status: 200,
      text: '{}',
    })
    await post(
      USERS,
      bulk({ identity: 'a', properties: { Seats: 2 } }, { identity: 'b', properties: { Plan: '' } }),
    )
    expect(Object.fromEntries(heap.users('11'))).toEqual({ a: { Plan: 'Pro', Seats: 2 }, b: { Plan: '' } })
  })

  it('upserts accounts, one or many, and answers with text', async () => {
    const answer = await post(ACCOUNTS, { app_id: '12', account_id: 'acme', properties: { Tier: 'Gold' } })
    expect(answer).toMatchObject({ status: 200, text: 'OK' })
    expect(answer.headers.get('content-type')).toContain('text/plain')
    await post(ACCOUNTS, { app_id: '12', accounts: [{ account_id: 'b', properties: {} }] })
    expect([...heap.accounts('12').keys()]).toEqual(['acme', 'b'])
    expect(heap.accounts('11').size).toBe(0)
  })

  it('keeps `__proto__` as a property like any other', async () => {
    await post(USERS, '{"app_id":"11","users":[{"identity":"a","properties":{"__proto__":"x"}}]}')
    expect(JSON.stringify(heap.users('11').get('a'))).toBe('{"__proto__":"x"}')
  })

  it('takes keys and values up to the documented length', async () => {
    const longest = '😀'.repeat(1023)
    const answer = await post(USERS, bulk({ identity: '😀'.repeat(255), properties: { [longest]: longest } }))
    expect(answer.status).toBe(200)
  })
})

describe('what Heap refuses', () => {
  const user = { identity: 'a', properties: {} }
  const accounts = (account: unknown) => ({ app_id: '11', accounts: [account] })
  const integration = (entity: object, library: unknown = 'looker') => ({
    app_id: '11',
    library,
    users: [entity],
  })
  const refused: [name: string, path: string, body: unknown, contentType?: string][] = [
    ['another content type', USERS, bulk(user), 'text/plain'],
    ['text that is not JSON', USERS, '{"app_id":'],
    ['bytes that are not UTF-8', USERS, new Uint8Array([0x22, 0xff, 0x22])],
    ['a list', USERS, [user]],
    ['no app_id', USERS, { users: [user] }],
    ['app_id as a number', USERS, { app_id: 11, users: [user] }],
    ['app_id with letters', USERS, { app_id: '11a', users: [user] }],
    ['users that are no list', USERS, { app_id: '11', users: user }],
    ['1,001 users', USERS, bulk(...Array.from({ length: 1001 }, () => user))],
    ['a user that is no object', USERS, bulk(null)],
    ['no identity', USERS, bulk({ properties: {} })],
    ['an empty identity', USERS, bulk({ identity: '' })],
    ['an identity as a number', USERS, bulk({ identity: 1 })],
    ['an identity of 256 characters', USERS, bulk({ identity: 'x'.repeat(256) })],
    ['an identity with half a character', USERS, '{"app_id":"11","users":[{"identity":"\\ud800"}]}'],
    ['properties as a list', USERS, one([])],
    ['an empty property name', USERS, one({ '': 1 })],
    ['a property name of 1,024 characters', USERS, one({ ['x'.repeat(1024)]: 1 })],
    ['the property name Id', USERS, one({ Id: 1 })],
    ['the property name user_id', USERS, one({ user_id: 1 })],
    ['a value of 1,024 characters', USERS, one({ a: 'x'.repeat(1024) })],
    [
      'a value with half a character',
      USERS,
      '{"app_id":"11","users":[{"identity":"a","properties":{"a":"\\udc00"}}]}',
    ],
    ['true', USERS, one({ a: true })],
    ['null', USERS, one({ a: null })],
    [
      'a number beyond all numbers',
      USERS,
      '{"app_id":"11","users":[{"identity":"a","properties":{"a":1e999}}]}',
    ],
    ['a list as a value', USERS, one({ a: [] })],
    ['an account without an ID', ACCOUNTS, accounts({ properties: {} })],
    ['an account ID of 256 characters', ACCOUNTS, accounts({ account_id: 'x'.repeat(256) })],
    [
      'an account property with a reserved name',
      ACCOUNTS,
      accounts({ account_id: 'a', properties: { ID: 1 } }),
    ],
    ['no library', INTEGRATIONS, integration({ user_identifier: { email: 'a' } }, '')],
    ['no user_identifier', INTEGRATIONS, integration({ identity: 'a' })],
    ['an empty user_identifier', INTEGRATIONS, integration({ user_identifier: {} })],
    ['two identifiers', INTEGRATIONS, integration({ user_identifier: { email: 'a', identity: 'b' } })],
    ['an identifier as a number', INTEGRATIONS, integration({ user_identifier: { email: 1 } })],
    ['a custom property as identifier', INTEGRATIONS, integration({ user_identifier: { crm: 'a' } })],
    ['the public endpoint’s shape', INTEGRATIONS, integration({ identity: 'a', properties: {} })],
    ...[1, true, null].map((value): (typeof refused)[number] => [
      `${value} in properties of the library looker`,
      INTEGRATIONS,
      integration({ user_identifier: { email: '1' }, properties: { a: value } }),
    ]),
    [
      'custom_properties of the library looker',
      INTEGRATIONS,
      integration({ user_identifier: { email: '1' }, properties: {}, custom_properties: { a: '1' } }),
    ],
    [
      'properties of the library server',
      INTEGRATIONS,
      integration({ user_identifier: { identity: '1' }, properties: { a: '1' } }, 'server'),
    ],
    [
      'lists in custom_properties',
      INTEGRATIONS,
      integration({ user_identifier: { identity: '1' }, custom_properties: { a: [] } }, 'server'),
    ],
  ]

  it.each(refused)('%s', async (_name, path, body, contentType) => {
    const answer = await post(path, body, contentType)
    expect(answer.status).toBe(400)
    expect(heap.users('11').size + heap.accounts('11').size).toBe(0)
  })

  it('the whole request for one bad user', async () => {
    expect((await post(USERS, bulk(user, { identity: '' }))).status).toBe(400)
    expect(heap.users('11').size).toBe(0)
  })

  it('a body above its limit', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({
      identity: `${index}`,
      properties: { a: 'x'.repeat(1000) },
    }))
    expect((await post(USERS, bulk(...rows))).status).toBe(413)
    expect(heap.users('11').size).toBe(0)
  })
})

describe('the look inside', () => {
  it('counts requests and shows users by page and by key', async () => {
    const users = Array.from({ length: 5 }, (_, index) => ({
      identity: `user ${index}`,
      properties: { n: index },
    }))
    await post(USERS, bulk(...users))
    await post(USERS, 'x')
    const read = async (path: string) => (await fetch(url + path)).json()
    expect(await read('/sandbox/state')).toMatchObject({
      environments: [{ id: '11', users: 5, ghosts: 5, accounts: 0, ignored: 0 }],
      requests: { requests: 2, stored: 5, outcomes: { 200: 1, 400: 1 } },
    })
    expect(await read('/sandbox/state?env=11&offset=3&limit=1')).toMatchObject({
      matching: 5,
      entities: [{ key: 'user 3', properties: { n: 3 } }],
      setUp: { matchProperty: 'email', unknownKeys: 'create' },
    })
    expect(await read('/sandbox/users/user%202')).toEqual({
      environmentId: '11',
      key: 'user 2',
      isGhost: true,
      properties: { n: 2 },
    })
    expect((await fetch(`${url}/sandbox/users/none`)).status).toBe(404)
  })

  it('is a page that shows names and values as text', async () => {
    await post(USERS, bulk({ identity: '<b>a</b>', properties: { '"><script>': '<img src=x>' } }))
    const page = await (await fetch(`${url}/?search=${encodeURIComponent('"><i>')}&env=11`)).text()
    expect(page).not.toMatch(/<i>/)
    const whole = await (await fetch(url)).text()
    expect(whole).toContain('&lt;b&gt;a&lt;/b&gt;')
    expect(whole).toContain('&lt;img src=x&gt;')
    expect(whole).not.toMatch(/<b>|<img|"><script>/)
  })

  it('takes faults and starts afresh over HTTP', async () => {
    const plan = { rules: [{ fault: { kind: 'answer', status: 503 } }] }
    expect((await post('/sandbox/faults', plan)).status).toBe(200)
    expect((await post(USERS, one({}))).status).toBe(503)
    expect((await post('/sandbox/faults', { rules: [{ fault: { kind: 'nonsense' } }] })).status).toBe(400)
    await fetch(`${url}/sandbox/reset`, { method: 'POST' })
    expect((await post(USERS, one({}))).status).toBe(200)
    expect(heap.requests().requests).toBe(1)
  })
})

it('only counts in the fast mode', async () => {
  const fast = createHeapStandIn({ validate: 'fast' })
  try {
    const base = await fast.listen()
    const users = Array.from({ length: 1000 }, (_, index) => ({ identity: `${index}`, properties: { a: 1 } }))
    const body = JSON.stringify(bulk(...users))
    const answer = await fetch(base + USERS, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(await answer.text()).toBe('{}')
    expect(fast.requests()).toMatchObject({ requests: 1, entities: 1000, stored: 1000, bytes: body.length })
    expect(await (await fetch(`${base}/sandbox/state`)).json()).toMatchObject({ environments: [] })
  } finally {
    await fast.close()
  }
})
