import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../../sandbox/heap/heap-faults.ts'
import type { Look, LookRow } from '../../../sandbox/looker/look.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { emailOf } from '../../testing/keys-look.ts'
import type { ProcessBench } from '../../testing/process-bench.ts'
import { createProcessBench } from '../../testing/process-bench.ts'
import { sampleLook } from '../../testing/sample-look.ts'
import { waitFor } from '../../testing/wait-for.ts'

/** `CHANGED_ROUNDS=50` runs longer, `CHANGED_SEED` replays. */
const ROUNDS = Number(process.env.CHANGED_ROUNDS ?? 4)
const SEED = Number(process.env.CHANGED_SEED ?? Math.floor(Math.random() * 2 ** 31))

const KEYS = 1_500
const AWAY = { fault: { kind: 'answer', status: 503 } } as const
const SYNC_ID = 'sync-that-is-killed-often'

type ImportRow = {
  title: string
  state: string
  received: number
  rejected: number
  unchanged: number
}

/** Delivery `number` of the sync: some of its users have another plan than usual. */
const planOf = (number: number, key: number) => (key % 50 === number % 50 ? `plan ${number}` : 'pro')

function look(number: number, isSlow: boolean): Look {
  return sampleLook({
    id: String(number),
    title: String(number),
    rows: function* () {
      for (let key = 1; key <= KEYS; key += 1) {
        yield { 'users.email': emailOf(key), 'users.plan': planOf(number, key), 'orders.ltv': key } as LookRow
      }
    },
    ...(isSlow ? { slow: { firstByteSeconds: 0, pauseMilliseconds: 300 } } : {}),
  })
}

describe.each(ENGINES)(
  'sending changes and kill -9, on $engine',
  { timeout: 600_000 },
  ({ engine, createDatabase }) => {
    let database: TestDatabase
    let bench: ProcessBench

    beforeEach(async () => {
      database = await createDatabase()
    })
    afterEach(async () => {
      await bench?.close()
      await database?.remove()
    })

    test('leaves in Heap what sending everything would', async () => {
      process.stdout.write(`changes and kills on ${engine}: CHANGED_SEED=${SEED}\n`)
      const random = createRandom(SEED)
      // Two quiet deliveries, and one in whose midst the server is killed.
      const looks = Array.from({ length: ROUNDS * 3 }, (_, index) => look(index + 1, index % 3 === 2))
      // Two servers on a database that can have them: one is killed, the other goes on.
      const servers = engine === 'PostgreSQL' ? 2 : 1
      bench = await createProcessBench({
        database,
        looks,
        servers,
        environment: { HEAP_BATCH_SIZE: '100', RESPONSE_DEADLINE: '60' },
      })
      let server = await bench.start(0)
      if (servers > 1) await bench.start(1)
      const params = { ...look(1, false).suggestedParams, sync_id: SYNC_ID, send: 'changed' }
      for (let round = 0; round < ROUNDS; round += 1) {
        const [first, second, third] = [1, 2, 3].map((place) => String(round * 3 + place)) as [
          string,
          string,
          string,
        ]
        const by = (servers > 1 && random() < 0.5 ? 1 : 0) as 0 | 1
        expect(await bench.looker(by).deliver(first, params, { planId: '1' })).toMatchObject({
          status: 'success',
        })
        expect(await bench.looker(0).deliver(second, params, { planId: '1' })).toMatchObject({
          status: 'success',
        })
        // Heap is away while the server is killed, so that rows wait, or it is not.
        const isAway = random() < 0.5
        if (isAway) bench.heap.setFaults({ rules: [AWAY] })
        const answer = bench.looker(0).deliver(third, params, { planId: '1' })
        await sleep(100 + Math.floor(random() * 1_500))
        await server.end('SIGKILL')
        await answer
        bench.heap.setFaults({ rules: [] })
        server = await bench.start(0)
        await waitFor(async () => (await openImports()) === 0, 'every import has ended', 120_000)
      }
      // What a killed process was reading is closed after a while by the other one, or at once by the next.
      if (engine === 'PostgreSQL') {
        await waitFor(
          async () => (await importsInOrder()).every(({ state }) => state === 'finished'),
          'the end of what was read',
          120_000,
        )
      } else await server.end('SIGTERM')
      const imports = await importsInOrder()
      const expected = new Map<string, Record<string, unknown>>()
      for (const { title, state, received, rejected } of imports) {
        expect({ title, state, rejected }).toEqual({ title, state: 'finished', rejected: 0 })
        for (let key = 1; key <= received; key += 1) {
          expected.set(emailOf(key), { 'Users Plan': planOf(Number(title), key), 'Orders Ltv': key })
        }
      }
      expect(new Map(bench.heap.users('11'))).toEqual(expected)
      // The second delivery of each round leaves out what the first has sent.
      expect(imports.filter(({ unchanged }) => unchanged > KEYS / 2).length).toBeGreaterThanOrEqual(ROUNDS)
    })

    async function openImports(): Promise<number> {
      const rows = await Promise.all(
        ['received', 'delivered', 'rejected', 'skipped', 'superseded', 'unchanged'].map((outcome) =>
          bench.rows(outcome).catch(() => Number.NaN),
        ),
      )
      const [received = 0, ...decided] = rows
      return received - decided.reduce((sum, count) => sum + count, 0)
    }

    function importsInOrder(): Promise<ImportRow[]> {
      return bench.withDatabase((opened) =>
        opened.query('select title, state, received, rejected, unchanged from imports order by id'),
      )
    }
  },
)
