import { afterEach, describe, expect, it } from 'vitest'
import { createHeapStandIn } from '../heap/heap-stand-in.ts'
import type { FakeActionOptions } from '../looker/fake-action.ts'
import { startFakeAction } from '../looker/fake-action.ts'
import { createLookerStandIn } from '../looker/looker-stand-in.ts'
import { createPageServer } from './page-server.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(action: FakeActionOptions = {}) {
  const hub = await startFakeAction(action)
  const heap = createHeapStandIn()
  const looker = createLookerStandIn({ actionUrl: hub.origin })
  const heapUrl = await heap.listen()
  await looker.listen()
  const page = createPageServer({ looker, heapUrl, serverUrl: hub.origin })
  closers.push(hub.close, heap.close, looker.close, () => page.close())
  const get = async (url: string) => (await page.inject(url)).body
  const post = (url: string, form: Record<string, string> = {}) =>
    page.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    })
  return { hub, heap, looker, heapUrl, page, get, post }
}

async function fill(heapUrl: string, users: unknown[]) {
  await fetch(`${heapUrl}/api/add_user_properties`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: '11', users }),
  })
}

describe('the page', () => {
  it('shows the Send dialog and that nothing has happened yet', async () => {
    const { get } = await start()
    const page = await get('/')
    expect(page).toContain('<option value="1" selected>CRM users</option>')
    expect(page).toContain('Nothing has been sent yet')
    expect(page).toContain('Environment 11 has no users yet')
    expect(await get('/page.js')).toContain('keepRenewing')
    expect(await get('/page.css')).toContain('body {')
  })

  it('loads nothing from elsewhere', async () => {
    const { get, hub, heapUrl } = await start()
    const page = (await get('/')).replaceAll(hub.origin, '').replaceAll(heapUrl, '')
    expect(page).not.toMatch(/https?:/)
  })

  it("shows the action's own form, filled in for the Look", async () => {
    const { get } = await start({
      form: () => ({
        fields: [
          { name: 'heap_field', label: 'Join key column', description: 'As "shown"', required: true },
          { name: 'kind', type: 'select', interactive: true, options: [{ name: 'a', label: '<A>' }] },
          { name: 'names', type: 'textarea' },
        ],
      }),
    })
    const form = await get('/fragments/form?look=3')
    expect(form).toContain('value="Accounts Account ID"')
    expect(form).toContain('As &quot;shown&quot;')
    expect(form).toContain('&lt;A&gt;')
    expect(form).toMatch(/<select [^>]*data-interactive/)
    expect(form).toContain('<textarea')
    expect(await get('/fragments/form?look=3&param.heap_field=Mine')).toContain('value="Mine"')
  })

  it('shows the error of a form', async () => {
    const { get } = await start({ form: () => ({ error: 'The database is down.' }) })
    expect(await get('/')).toContain('The database is down.')
  })

  it('sends what was filled in and shows what became of it', async () => {
    const { get, post, looker, hub } = await start({
      execute: async () => ({ pieces: ['{"looker":{"success":false,"message":"no <b>key</b>"}}'] }),
    })
    const answer = await post('/deliveries', {
      look: '3',
      mode: 'push',
      format: 'json_detail',
      rows: '500',
      'param.env_id': '77',
      'param.dry_run': '',
    })
    expect(answer.statusCode).toBe(303)
    await expect.poll(() => looker.history()[0]?.status).toBe('failure')
    const execute = hub.requests.find(({ url }) => url === '/execute')
    expect(execute?.body).toMatchObject({
      form_params: { env_id: '77' },
      attachment: { data: expect.any(String) },
    })
    const deliveries = await get('/fragments/deliveries')
    expect(deliveries).toContain('Failure')
    expect(deliveries).toContain('no &lt;b&gt;key&lt;/b&gt;')
    await post('/deliveries/1/repeat')
    await expect.poll(() => looker.history()).toHaveLength(2)
    expect(looker.history()[0]?.planId).toBe(looker.history()[1]?.planId)
    expect((await post('/deliveries/9/repeat')).statusCode).toBe(404)
  })

  it('shows what Heap holds, searches it and empties it', async () => {
    const { get, post, heapUrl } = await start()
    await fill(heapUrl, [
      { identity: 'ada@example.com', properties: { Plan: '<Pro>', Seats: 0 } },
      { identity: 'bob@example.com', properties: { Note: '' } },
    ])
    const all = await get('/fragments/heap?env=11')
    expect(all).toContain('ada@example.com')
    expect(all).toContain('&lt;Pro&gt;')
    expect(all).toContain('<td class="number">')
    expect(all).toContain('1 to 2 of 2 users')
    expect(await get('/fragments/heap?env=11&search=bob')).not.toContain('ada@')
    expect(await get('/fragments/heap?env=11&search=zoe')).toContain('No users of environment 11 has')
    await post('/heap/reset')
    expect(await get('/fragments/heap?env=11')).toContain('has no users yet')
  })

  it('sets how Heap behaves for the next Send', async () => {
    const { post, heapUrl } = await start()
    await post('/deliveries', { look: '8', mood: 'small' })
    const answer = await fetch(`${heapUrl}/api/add_user_properties`, {
      method: 'POST',
      body: 'x'.repeat(60_000),
    })
    expect(answer.status).toBe(413)
  })

  it('says when Heap is gone', async () => {
    const { page, heap } = await start()
    await heap.close()
    const answer = await page.inject('/fragments/heap')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toBe('')
  })
})
