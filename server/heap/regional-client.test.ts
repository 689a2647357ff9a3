import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { createEntityWriter } from './entity-line.ts'
import { joinLines } from './entity-lines.ts'
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
