import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../database/open-database.ts'
import { createSlotRepository } from '../../database/repositories/slot-repository.ts'
import { createPostgresDatabase } from '../../testing/engines.ts'
import { waitFor } from '../../testing/wait-for.ts'
import type { RequestSlots } from './request-slots.ts'
import { sharedSlots } from './request-slots.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** As many processes on one database, each with connections of its own. */
async function openProcesses(count: number, limit: number) {
  const { environment, remove } = await createPostgresDatabase()
  cleanups.push(remove)
  let isClosing = false
  const open = async () => {
    // A connection that is just being closed may be told that its database is dropped.
    const onError = (error: unknown) => (isClosing ? Promise.resolve() : Promise.reject(error))
    const database = await openDatabase({ url: environment.DATABASE_URL, dataDirectory: '', onError })
    cleanups.push(database.close)
    const slots = sharedSlots(createSlotRepository(database), limit, () => undefined, onError)
    cleanups.push(slots.stop)
    return slots
  }
  const processes = await Promise.all(Array.from({ length: count }, open))
  cleanups.push(async () => {
    isClosing = true
  })
  return processes
}

/** Keeps as many requests in flight as a process may, of so many that it has. */
function startProcess(slots: RequestSlots, inFlight: Map<RequestSlots, number>, rows: number) {
  let left = rows
  let sent = 0
  async function send(): Promise<void> {
    await sleep(2 + Math.random() * 8)
    inFlight.set(slots, (inFlight.get(slots) ?? 0) - 1)
    sent += 1
    fill()
  }
  let isStopped = false
  function fill(): void {
    if (isStopped) return
    while (left > 0 && slots.of('11') > (inFlight.get(slots) ?? 0)) {
      left -= 1
      inFlight.set(slots, (inFlight.get(slots) ?? 0) + 1)
      void send()
    }
    const own = inFlight.get(slots) ?? 0
    slots.want('11', { inFlight: own, wanted: own + left })
  }
  const timer = setInterval(fill, 5)
  cleanups.push(async () => {
    isStopped = true
    clearInterval(timer)
  })
  return { sent: () => sent }
}

test.each([
  { limit: 1, processes: 2 },
  { limit: 4, processes: 3 },
  { limit: 16, processes: 2 },
])(
  '$processes processes keep together to $limit requests in flight, and each gets its share',
  async ({ limit, processes }) => {
    const opened = await openProcesses(processes, limit)
    const inFlight = new Map<RequestSlots, number>()
    const total = () => [...inFlight.values()].reduce((sum, count) => sum + count, 0)
    const running = opened.map((slots) => startProcess(slots, inFlight, 1_000_000))
    let most = 0
    await waitFor(() => {
      most = Math.max(most, total())
      return running.every(({ sent }) => sent() >= 30)
    }, 'requests of every process')
    for (let times = 0; times < 200; times += 1) {
      most = Math.max(most, total())
      await setImmediate()
    }
    expect(most).toBe(limit)
  },
  120_000,
)

test('what one does not need goes to the others, and what it gives up as well', async () => {
  const [first, second] = await openProcesses(2, 8)
  first!.want('11', { inFlight: 0, wanted: 2 })
  await waitFor(() => first!.of('11') === 2, 'its two')
  second!.want('11', { inFlight: 0, wanted: 20 })
  await waitFor(() => second!.of('11') === 6, 'the rest')
  first!.want('11', { inFlight: 0, wanted: 0 })
  await waitFor(() => second!.of('11') === 8, 'all')
  expect(second!.of('12')).toBe(0)
}, 120_000)

test('what is given up is written down before it is claimed again', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const calls: string[] = []
  const slots = sharedSlots(
    {
      claim: async (_environment, _process, decide) => {
        calls.push('claim')
        decide([], 0)
      },
      release: async () => {
        calls.push('release')
        await released
      },
    },
    4,
    () => undefined,
    (error) => Promise.reject(error),
  )
  cleanups.push(slots.stop, async () => release())
  slots.want('11', { inFlight: 0, wanted: 4 })
  await waitFor(() => slots.of('11') === 4, 'its slots')
  slots.want('11', { inFlight: 0, wanted: 0 })
  await waitFor(() => calls.includes('release'), 'giving up')
  const before = calls.length
  slots.want('11', { inFlight: 0, wanted: 4 })
  for (let times = 0; times < 20; times += 1) await setImmediate()
  expect(calls).toHaveLength(before)
  release()
  await waitFor(() => slots.of('11') === 4, 'its slots again')
  expect(calls.at(-1)).toBe('claim')
}, 60_000)
