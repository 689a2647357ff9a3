import { afterEach, describe, expect, test } from 'vitest'
import type { SeenRequest } from '../../../sandbox/heap/heap-api.ts'
import { ENGINES } from '../../testing/engines.ts'
import { createGate } from '../../testing/gate.ts'
import { sampleLook, users } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const LARGE = 200_000

const LOOKS = [
  sampleLook({ id: 'large', rows: () => users(LARGE) }),
  sampleLook({ id: 'small', rows: () => users(100, LARGE + 1) }),
  sampleLook({ id: 'medium', rows: () => users(3_000) }),
]

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe.each(ENGINES)(
  'deliveries of several syncs on $engine',
  { timeout: 300_000 },
  ({ createDatabase }) => {
    async function start(environment: Record<string, string>) {
      const gate = createGate()
      const database = await createDatabase()
      cleanups.push(database.remove)
      const bench = await createTestBench({
        database,
        looks: LOOKS,
        environment,
        heap: { watcher: { onRequest: gate.onRequest } },
        // A request that waits at the gate must not time out.
        app: { heapTiming: { ...SHORT_PATIENCE, requestMs: 600_000 } },
      })
      cleanups.push(bench.close)
      const deliver = (look: string, environmentId = '11') =>
        bench.looker.deliver(look, { ...LOOKS[0]!.suggestedParams, env_id: environmentId })
      return { bench, gate, deliver }
    }

    const isSmall = ({ entities }: SeenRequest) =>
      entities.some(({ key }) => key === `user${LARGE + 1}@example.com`)

    test('a hundred rows overtake two hundred thousand: the next free place is theirs', async () => {
      const { bench, gate, deliver } = await start({ HEAP_CONCURRENCY: '4' })
      gate.shut()
      const large = deliver('large')
      await waitFor(() => gate.waiting() === 4, 'four requests in flight')
      await waitFor(async () => (await bench.newestImport()).received === LARGE, 'all rows')
      // The large one has got some way before the small one comes.
      for (let request = 1; request <= 20; request += 1) {
        await waitFor(() => gate.arrived.length === request + 3, `request ${request + 3}`)
        gate.letOneIn()
      }
      const before = gate.arrived.length
      const small = deliver('small')
      await waitFor(async () => (await bench.newestImport()).received === 100, 'the hundred rows')
      for (let released = 1; !gate.arrived.some(isSmall) && released < 20; released += 1) {
        const arrived = gate.arrived.length
        gate.letOneIn()
        await waitFor(() => gate.arrived.length > arrived, 'the next request')
      }
      const position = gate.arrived.findIndex(isSmall) - before
      expect(position).toBeGreaterThanOrEqual(0)
      expect(position).toBeLessThan(4)
      gate.open()
      expect((await small).status).toBe('success')
      expect(bench.heap.users('11').size).toBeLessThan(LARGE)
      expect((await large).status).toBe('success')
      expect(bench.heap.users('11').size).toBe(LARGE + 100)
    })

    test('an import that begins in another environment does not stop one that has got far', async () => {
      const { gate, deliver } = await start({ HEAP_CONCURRENCY: '1', HEAP_BATCH_SIZE: '20' })
      const of = (id: string) => gate.arrived.filter(({ environmentId }) => environmentId === id).length
      const first = deliver('medium', '1')
      await waitFor(() => of('1') >= 90, 'more than half of the first')
      const firstBefore = of('1')
      const second = deliver('medium', '2')
      await waitFor(() => of('2') >= 30, 'some of the second')
      const firstAfter = of('1')
      // It may have ended meanwhile, which is as good.
      expect(firstAfter - firstBefore >= 10 || firstAfter >= 150).toBe(true)
      expect((await first).status).toBe('success')
      expect((await second).status).toBe('success')
    })
  },
)
