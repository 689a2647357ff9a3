import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createPostgresDatabase } from '../../testing/engines.ts'
import { sampleLook, users } from '../../testing/sample-look.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A Heap that does not answer its first request, and tells when its client breaks it off. */
async function openSilentHeap() {
  const events: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    events.push('request')
    if (events.length > 1) return response.end('{}')
    response.once('close', () => events.push('broken off'))
    request.resume()
    return undefined
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a request whose job can no longer be kept is broken off before another process may take the batch', {
  timeout: 120_000,
}, async () => {
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const heap = await openSilentHeap()
  cleanups.push(heap.close)
  const look = sampleLook({ id: 'small', rows: () => users(100) })
  const bench = await createTestBench({
    database,
    looks: [look],
    environment: { HEAP_API_URL: heap.url, RESPONSE_DEADLINE: '600' },
  })
  cleanups.push(bench.close)
  const answer = bench.looker.deliver('small', look.suggestedParams!)
  await waitFor(() => heap.events.length > 0, 'the first request')
  const { keepAlive } = bench.app.queue
  bench.app.queue.keepAlive = () => Promise.reject(new Error('the database is away'))
  await waitFor(() => heap.events.length >= 3, 'the second request')
  bench.app.queue.keepAlive = keepAlive
  expect(heap.events).toEqual(['request', 'broken off', 'request'])
  expect((await answer).message).toBe('Imported 100 of 100 rows into Heap environment 11.')
})
