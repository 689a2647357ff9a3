import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { createEntityWriter } from './entity-line.ts'
import { joinLines } from './entity-lines.ts'
import type { HeapExchange } from './heap-client.ts'
import { createHeapClient } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'
import { createRegionalClient } from './regional-client.ts'

const america = createHeapStandIn()
const europe = createHeapStandIn()
let urls: [string, string]

beforeAll(async () => {
  urls = [await america.listen(), await europe.listen()]
})
afterAll(async () => {
  await Promise.all([america.close(), europe.close()])
})

test('each environment is written in its own region', async () => {
  const client = createRegionalClient(
    (id) => (id === '55' ? urls[1] : urls[0]),
    (apiUrl) => createHeapClient({ apiUrl }),
  )
  for (const environmentId of ['11', '55', '12']) {
    const target: HeapTarget = { environmentId, propertyType: 'user', manner: 'documented' }
    const lines = joinLines([createEntityWriter(target, ['Plan'])('ann', ['Pro'])])
    expect(await client.send(target, lines)).toEqual({ kind: 'accepted' })
  }
  await client.close()
  const sizes = [america, europe].map((heap) => ['11', '55', '12'].map((id) => heap.users(id).size))
  expect(sizes).toEqual([
    [1, 0, 1],
    [0, 1, 0],
  ])
})

test('a request is shown with its answer, and broken off', async () => {
  const client = createRegionalClient(
    () => urls[1],
    (apiUrl) => createHeapClient({ apiUrl }),
  )
  const target: HeapTarget = { environmentId: '66', propertyType: 'user', manner: 'documented' }
  const lines = joinLines([createEntityWriter(target, ['Plan'])('ann', ['Pro'])])
  const seen: HeapExchange[] = []
  await client.send(target, lines, undefined, (exchange) => void seen.push(exchange))
  expect(seen.map(({ answer }) => answer?.status ?? null)).toEqual([null, 200])
  expect(await client.send(target, lines, AbortSignal.abort())).toMatchObject({ cause: 'aborted' })
  await client.close()
})
