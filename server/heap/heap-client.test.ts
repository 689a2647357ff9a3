import { getEventListeners } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { waitFor } from '../testing/wait-for.ts'
import { createEntityWriter } from './entity-line.ts'
import { joinLines } from './entity-lines.ts'
import type { HeapClient } from './heap-client.ts'
import { createHeapClient } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'

const TARGET: HeapTarget = { environmentId: '11', propertyType: 'user', manner: 'documented' }
const heap = createHeapStandIn()
let url = ''
let client: HeapClient

beforeAll(async () => {
  url = await heap.listen()
  client = createHeapClient({ apiUrl: url, timeoutMs: 400 })
})
beforeEach(() => heap.reset())
afterAll(async () => {
  await client.close()
  await heap.close()
})

const lines = joinLines(
  ['a', 'b'].map((key) => createEntityWriter(TARGET, ['Plan', 'é'])(key, ['Pro', '😀'])),
)

function sendWith(fault: Fault) {
  heap.setFaults({ rules: [{ fault }] })
  return client.send(TARGET, lines)
}

describe('targets', () => {
  it.each<HeapTarget>([
    TARGET,
    { ...TARGET, propertyType: 'account' },
    { ...TARGET, manner: 'heap_action' },
    { ...TARGET, propertyType: 'account', manner: 'heap_action' },
    { ...TARGET, environmentId: '99999999999999999999', manner: 'heap_action' },
  ])('$propertyType, $manner, in $environmentId', async (target) => {
    const write = createEntityWriter(target, ['Plan', 'Seats'])
    expect(
      await client.send(target, joinLines([write('a', ['Pro', 1]), write('b', ['é', undefined])])),
    ).toEqual({
      kind: 'accepted',
    })
    const stored = target.propertyType === 'user' ? heap.users(target.environmentId) : heap.accounts('11')
    const seats = target.manner === 'documented' ? 1 : '1'
    expect([...stored.values()]).toMatchObject([{ Plan: 'Pro', Seats: seats }, { Plan: 'é' }])
  })

  it('stand below the path of the base URL', async () => {
    const below = createHeapClient({ apiUrl: `${url}/below/` })
    expect(await below.send(TARGET, lines)).toMatchObject({ kind: 'failed', cause: 'denied', status: 404 })
    await below.close()
    const slashed = createHeapClient({ apiUrl: `${url}/` })
    expect(await slashed.send(TARGET, lines)).toEqual({ kind: 'accepted' })
    await slashed.close()
  })
})

describe('answers', () => {
  it.each([
    { status: 200, body: '{}' },
    { status: 200, body: '{"status":"<ok>"}' },
    { status: 201, body: 'OK%' },
    { status: 204 },
    { status: 200, body: 'x'.repeat(200_000) },
  ])('$status is accepted', async (answer) => {
    expect(await sendWith({ kind: 'answer', stored: true, ...answer })).toEqual({ kind: 'accepted' })
  })

  it.each(['<html>', '\n<!DOCTYPE html><title>Log in</title>', '<?xml version="1.0"?><a/>'])(
    '200 with a web page is a denial: %j',
    async (body) => {
      expect(await sendWith({ kind: 'answer', status: 200, body })).toEqual({
        kind: 'failed',
        cause: 'denied',
        error: "HTTP 200 with a web page instead of Heap's answer",
        status: 511,
      })
    },
  )

  it('400 and 422 are refusals', async () => {
    for (const status of [400, 422]) {
      expect(await sendWith({ kind: 'answer', status, body: '<b>No "a"</b>' })).toEqual({
        kind: 'refused',
        status,
        text: 'No "…"',
      })
    }
  })

  it('413 is too large', async () => {
    expect(await sendWith({ kind: 'too_large', bytes: 10 })).toMatchObject({ kind: 'too_large', status: 413 })
  })

  it.each([301, 302, 304, 401, 403, 404, 405, 407, 418, 421, 423, 451])('%i is a denial', async (status) => {
    const location = 'http://127.0.0.1:1/elsewhere'
    const answer = await sendWith({
      kind: 'answer',
      status,
      location,
      body: status === 304 ? '' : 'No access',
    })
    const error = status === 304 ? 'HTTP 304' : `HTTP ${status} No access`
    expect(answer).toEqual({ kind: 'failed', cause: 'denied', error, status })
    expect(heap.requests().requests).toBe(1)
  })

  it.each([408, 425, 429, 500, 502, 503, 504])('%i is worth another try', async (status) => {
    const answer = await sendWith({ kind: 'answer', status, body: '<html>alice' })
    expect(answer).toEqual({ kind: 'failed', cause: 'status', error: `HTTP ${status}`, status })
  })

  it('tells what Retry-After asks for', async () => {
    const seconds = { seconds: 90, as: 'seconds' } as const
    expect(await sendWith({ kind: 'answer', status: 429, retryAfter: seconds })).toMatchObject({
      retryAfterMs: 90_000,
    })
    const date = { seconds: 90, as: 'date' } as const
    const { retryAfterMs } = (await sendWith({ kind: 'answer', status: 503, retryAfter: date })) as {
      retryAfterMs: number
    }
    expect(retryAfterMs).toBeGreaterThan(80_000)
    expect(retryAfterMs).toBeLessThanOrEqual(90_000)
    const garbage = await sendWith({ kind: 'answer', status: 429, retryAfter: { text: 'soon' } })
    expect(garbage).not.toHaveProperty('retryAfterMs')
  })
})

describe('what is not known to have arrived', () => {
  it.each<Fault>([
    { kind: 'reset', stored: false },
    { kind: 'reset', stored: true },
    { kind: 'cut' },
    { kind: 'cut', chunked: true },
  ])('$kind', async (fault) => {
    const answer = await sendWith(fault)
    expect(answer).toMatchObject({ kind: 'failed', cause: 'connection' })
    expect(JSON.stringify(answer)).not.toContain('127.0.0.1')
  })

  it.each<Fault>([
    { kind: 'hang', stored: false },
    { kind: 'hang', stored: true },
    { kind: 'slow_body', ms: 300 },
  ])('$kind: the time-out is for the whole request', async (fault) => {
    const begin = performance.now()
    expect(await sendWith(fault)).toEqual({
      kind: 'failed',
      cause: 'timeout',
      error: 'No answer within 0.4 s',
    })
    expect(performance.now() - begin).toBeLessThan(1500)
  })

  it('a server that is not there', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    const nowhere = createHeapClient({ apiUrl: `http://127.0.0.1:${port}` })
    expect(await nowhere.send(TARGET, lines)).toEqual({
      kind: 'failed',
      cause: 'connection',
      error: 'The connection failed (ECONNREFUSED)',
    })
    await nowhere.close()
  })

  it('a name that does not exist, an answer that is not HTTP', async () => {
    const server = createServer((socket) => socket.resume().end('SSH-2.0\r\n\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    for (const apiUrl of ['http://heap.invalid', `http://127.0.0.1:${port}`]) {
      const broken = createHeapClient({ apiUrl })
      expect(await broken.send(TARGET, lines)).toMatchObject({
        kind: 'failed',
        cause: 'connection',
        error: expect.stringMatching(/ENOTFOUND|EAI_AGAIN|HTTPParserError/),
      })
      await broken.close()
    }
    await new Promise((resolve) => server.close(resolve))
  })

  it('ends early when the server stops', async () => {
    const stop = new AbortController()
    heap.setFaults({ rules: [{ fault: { kind: 'hang', stored: false } }] })
    const sending = client.send(TARGET, lines, stop.signal)
    await waitFor(() => heap.requests().requests === 1, 'the request')
    stop.abort()
    expect(await sending).toMatchObject({ kind: 'failed', cause: 'aborted' })
    expect(await client.send(TARGET, lines, stop.signal)).toMatchObject({ kind: 'failed', cause: 'aborted' })
    expect(heap.requests().requests).toBe(1)
  })
})

it('leaves no timer and no listener behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const { signal } = new AbortController()
  const patient = createHeapClient({ apiUrl: url, timeoutMs: 86_400_000 })
  await patient.send(TARGET, lines, signal)
  const before = timers()
  for (let request = 0; request < 20; request += 1) await patient.send(TARGET, lines, signal)
  expect(timers() - before).toBeLessThan(10)
  expect(getEventListeners(signal, 'abort')).toEqual([])
  await patient.close()
})

it('keeps its connections open', async () => {
  const sockets = new Set<unknown>()
  heap.app.server.on('connection', (socket) => sockets.add(socket))
  const fresh = createHeapClient({ apiUrl: url })
  for (let request = 0; request < 20; request += 1) await fresh.send(TARGET, lines)
  expect(sockets.size).toBeLessThanOrEqual(2)
  await fresh.close()
})
