import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Fault, FaultPlan } from './heap-faults.ts'
import { createFaultPicker } from './heap-faults.ts'
import { createHeapStandIn } from './heap-stand-in.ts'

const heap = createHeapStandIn()
let url = ''

beforeAll(async () => {
  url = await heap.listen()
})
beforeEach(() => heap.reset())
afterAll(() => heap.close())

function befall(fault: Fault): void {
  heap.setFaults({ rules: [{ fault }] })
}

async function send(identity = 'a', properties: object = { Plan: 'Pro' }, signal?: AbortSignal) {
  const answer = await fetch(`${url}/api/add_user_properties`, {
    method: 'POST',
    body: JSON.stringify({ app_id: '11', users: [{ identity, properties }] }),
    headers: { 'content-type': 'application/json' },
    redirect: 'manual',
    ...(signal && { signal }),
  })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() }
}

it('answers with any status and every form of Retry-After, and stores nothing', async () => {
  befall({ kind: 'answer', status: 429, retryAfter: { seconds: 7, as: 'seconds' } })
  expect(await send()).toMatchObject({ status: 429, retryAfter: '7' })
  befall({ kind: 'answer', status: 429, retryAfter: { text: 'soon' } })
  expect(await send()).toMatchObject({ status: 429, retryAfter: 'soon' })
  befall({ kind: 'answer', status: 503, retryAfter: { seconds: 60, as: 'date' } })
  expect(Date.parse((await send()).retryAfter ?? '')).toBeGreaterThan(Date.now() + 50_000)
  befall({ kind: 'answer', status: 502, body: '<html>', contentType: 'text/html' })
  expect(await send()).toMatchObject({ status: 502, retryAfter: null, text: '<html>' })
  expect(heap.users('11').size).toBe(0)
})

it('answers oddly to what it has stored', async () => {
  befall({ kind: 'answer', status: 204, stored: true })
  expect(await send('a')).toMatchObject({ status: 204, text: '' })
  befall({ kind: 'answer', status: 200, body: '<html>', stored: true })
  expect(await send('b')).toMatchObject({ status: 200, text: '<html>' })
  expect((await send('')).status).toBe(400)
  expect([...heap.users('11').keys()]).toEqual(['a', 'b'])
})

it.each([true, false])('breaks the connection, stored: %s', async (stored) => {
  befall({ kind: 'reset', stored })
  await expect(send()).rejects.toThrow()
  befall({ kind: 'hang', stored })
  await expect(send('b', {}, AbortSignal.timeout(50))).rejects.toThrow()
  expect(heap.users('11').size).toBe(stored ? 2 : 0)
  expect(heap.requests().outcomes).toEqual({ reset: 1, hang: 1 })
})

it.each([true, false])('cuts the answer, chunked: %s', async (chunked) => {
  befall({ kind: 'cut', chunked })
  await expect(send()).rejects.toThrow()
  expect(heap.users('11').size).toBe(1)
})

it('takes its time', async () => {
  heap.setFaults({
    rules: [{ fault: { kind: 'latency', ms: 40 } }, { fault: { kind: 'slow_body', ms: 20 } }],
  })
  const begin = performance.now()
  expect(await send()).toMatchObject({ status: 200, text: '{}' })
  expect(performance.now() - begin).toBeGreaterThan(70)
})

it('refuses poison and what is too large', async () => {
  befall({ kind: 'poison_keys', keys: ['bad'] })
  expect((await send('bad')).status).toBe(400)
  expect((await send('good')).status).toBe(200)
  befall({ kind: 'poison_values', values: ['bad', 7] })
  expect((await send('a', { n: 7 })).status).toBe(400)
  expect((await send('b', { n: '7' })).status).toBe(200)
  befall({ kind: 'too_large', bytes: 200 })
  expect((await send('c', { n: 'x'.repeat(200) })).status).toBe(413)
  expect([...heap.users('11').keys()]).toEqual(['good', 'b'])
})

it('befalls the next requests, a path or an environment only, the first rule that applies', () => {
  const pick = createFaultPicker({
    rules: [
      { fault: { kind: 'answer', status: 500 }, requests: 1, path: '/p' },
      { fault: { kind: 'answer', status: 503 }, environmentId: '7' },
    ],
  })
  const status = (path: string, environmentId: string) => {
    const { fault } = pick({ path, environmentId, bytes: 0, entities: [] })
    return fault?.kind === 'answer' ? fault.status : null
  }
  expect(status('/q', '11')).toBeNull()
  expect(status('/p', '7')).toBe(500)
  expect(status('/p', '7')).toBe(503)
  expect(status('/p', '11')).toBeNull()
})

it('befalls the same requests with the same seed', () => {
  const run = (seed: number) => {
    const plan: FaultPlan = { seed, rules: [{ fault: { kind: 'cut' }, probability: 0.3 }] }
    const pick = createFaultPicker(plan)
    const subject = { path: '/', environmentId: '1', bytes: 0, entities: [] }
    return Array.from({ length: 1000 }, () => (pick(subject).fault ? 1 : 0))
  }
  expect(run(5)).toEqual(run(5))
  expect(run(5)).not.toEqual(run(6))
  const faults = run(5).filter(Boolean).length
  expect(faults).toBeGreaterThan(230)
  expect(faults).toBeLessThan(370)
})
