import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHeapStandIn } from './heap-stand-in.ts'

// The integrations endpoint, as far as it is known (facts, sections 8 and 9): Heap's own action puts every
// key into the slot `email`, and which user property that is, is chosen in Heap.

const known = [
  { environmentId: '11', identity: 'ann', properties: { email: 'ann@x.io', 'CRM ID': '7' } },
  { environmentId: '11', identity: 'bob' },
]
const heap = createHeapStandIn({ known })
let url = ''

beforeAll(async () => {
  url = await heap.listen()
})
beforeEach(() => {
  heap.reset()
  heap.changeSetUp({ matchProperty: 'email', unknownKeys: 'create' })
})
afterAll(() => heap.close())

async function post(path: string, body: unknown): Promise<number> {
  const answer = await fetch(url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  return answer.status
}

const byIdentity = (identity: string, properties: object) =>
  post('/api/add_user_properties', { app_id: '11', users: [{ identity, properties }] })

const byHeapSetUp = (key: string, properties: object) =>
  post('/api/integrations/add_user_properties', {
    app_id: '11',
    library: 'looker',
    users: [{ user_identifier: { email: key }, properties }],
  })

const bySegment = (identifier: object, custom_properties: object) =>
  post('/api/integrations/add_user_properties', {
    app_id: '11',
    library: 'server',
    users: [{ user_identifier: identifier, custom_properties }],
  })

const users = () => Object.fromEntries([...heap.users('11')].map(([key, user]) => [key, { ...user }]))
const ghosts = () => [...heap.users('11').keys()].filter((key) => heap.isGhost('11', key))
const ANN = { email: 'ann@x.io', 'CRM ID': '7' }

describe('the public endpoint', () => {
  it('finds users by identity, and a key that is none makes a ghost with every answer well', async () => {
    expect(await byIdentity('ann', { Plan: 'Pro' })).toBe(200)
    expect(await byIdentity('ann@x.io', { Plan: 'Free' })).toBe(200)
    expect(users()).toEqual({ ann: { ...ANN, Plan: 'Pro' }, bob: {}, 'ann@x.io': { Plan: 'Free' } })
    expect(ghosts()).toEqual(['ann@x.io'])
    heap.identify({ environmentId: '11', identity: 'ann@x.io' })
    expect(ghosts()).toEqual([])
  })

  it('tells identities apart by case', async () => {
    await byIdentity('Ann', { Plan: 'Pro' })
    expect(ghosts()).toEqual(['Ann'])
  })
})

describe('the endpoint of Heap’s own action', () => {
  it('finds users by the property chosen in Heap, whatever the slot is called', async () => {
    expect(await byHeapSetUp('ann@x.io', { Plan: 'Pro' })).toBe(200)
    heap.changeSetUp({ matchProperty: 'CRM ID' })
    expect(await byHeapSetUp('7', { Seats: '12' })).toBe(200)
    heap.changeSetUp({ matchProperty: 'identity' })
    expect(await byHeapSetUp('bob', { Seats: '3' })).toBe(200)
    expect(users()).toEqual({ ann: { ...ANN, Plan: 'Pro', Seats: '12' }, bob: { Seats: '3' } })
    expect(ghosts()).toEqual([])
  })

  it('makes a user of an unknown key once, where unknown keys make users', async () => {
    await byHeapSetUp('new@x.io', { Plan: 'Pro' })
    await byHeapSetUp('new@x.io', { Plan: 'Free' })
    expect(users()).toEqual({ ann: ANN, bob: {}, 'email=new@x.io': { email: 'new@x.io', Plan: 'Free' } })
    expect(ghosts()).toEqual(['email=new@x.io'])
  })

  it('ignores an unknown key, where unknown keys are ignored, and says all is well', async () => {
    heap.changeSetUp({ unknownKeys: 'ignore' })
    expect(await byHeapSetUp('new@x.io', { Plan: 'Pro' })).toBe(200)
    expect(await byHeapSetUp('ann@x.io', { Plan: 'Pro' })).toBe(200)
    expect(users()).toEqual({ ann: { ...ANN, Plan: 'Pro' }, bob: {} })
    expect(heap.environments()).toEqual([{ id: '11', users: 2, ghosts: 0, accounts: 0, ignored: 1 }])
  })

  it('follows a property that changes hands', async () => {
    await byHeapSetUp('ann@x.io', { n: '1' })
    await byIdentity('ann', { email: 'ann@new.io' })
    await byIdentity('bob', { email: 'ann@x.io' })
    await byHeapSetUp('ann@x.io', { n: '2' })
    await byHeapSetUp('ann@new.io', { n: '3' })
    expect(users()).toMatchObject({ ann: { n: '3' }, bob: { n: '2' } })
    expect(ghosts()).toEqual([])
  })
})

describe('the same endpoint for Segment', () => {
  it('takes an identity and typed values', async () => {
    expect(await bySegment({ identity: 'ann' }, { Seats: 1, Beta: true, Old: null })).toBe(200)
    expect(users()).toMatchObject({ ann: { Seats: 1, Beta: true, Old: null } })
  })

  it('does not know the set-up of Looker Data Import', async () => {
    heap.changeSetUp({ matchProperty: 'CRM ID' })
    await bySegment({ email: 'ann@x.io' }, { Plan: 'Pro' })
    expect(users()).toMatchObject({ ann: { Plan: 'Pro' } })
  })
})

describe('the page', () => {
  it('shows the set-up, and ghosts apart', async () => {
    await byIdentity('ghostly', { Plan: 'Pro' })
    await byHeapSetUp('ann@x.io', { Plan: 'Pro' })
    const read = async (path: string) => (await fetch(url + path)).text()
    const page = await read('/?env=11')
    expect(page).toContain('name="matchProperty" value="email"')
    expect(page).toMatch(/kind=ghosts">1 of them made by an import/)
    expect(page.match(/class="ghost"/g)).toHaveLength(1)
    expect(page).toMatch(/ghostly <small class="ghost"/)
    const only = await read('/?env=11&kind=ghosts')
    expect(only).toContain('ghostly')
    expect(only).not.toContain('>ann')
  })

  it('changes the set-up, which outlives a reset', async () => {
    expect(await post('/sandbox/set-up', { matchProperty: 'CRM ID', unknownKeys: 'ignore' })).toBe(200)
    await fetch(`${url}/sandbox/reset`, { method: 'POST' })
    const state = await (await fetch(`${url}/sandbox/state`)).json()
    expect(state).toMatchObject({ setUp: { matchProperty: 'CRM ID', unknownKeys: 'ignore' } })
    await byHeapSetUp('7', { Plan: 'Pro' })
    await byHeapSetUp('8', { Plan: 'Pro' })
    expect(users()).toEqual({ ann: { ...ANN, Plan: 'Pro' }, bob: {} })
  })

  it.each([{ matchProperty: '' }, { unknownKeys: 'merge' }, { other: 1 }])(
    'does not take %j as a set-up',
    async (change) => expect(await post('/sandbox/set-up', change)).toBe(400),
  )
})
