import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../../sandbox/heap/heap-faults.ts'
import type { Look } from '../../../sandbox/looker/look.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { expectedUsers } from '../../testing/expected-users.ts'
import type { KeysLook } from '../../testing/keys-look.ts'
import { keysLook } from '../../testing/keys-look.ts'
import type { ProcessBench } from '../../testing/process-bench.ts'
import { createProcessBench } from '../../testing/process-bench.ts'

import { waitFor } from '../../testing/wait-for.ts'

/** Rounds of random deliveries and kills; `ORDER_ROUNDS=50` runs longer, `ORDER_SEED` replays. */
const ROUNDS = Number(process.env.ORDER_ROUNDS ?? 2)
const SEED = Number(process.env.ORDER_SEED ?? Math.floor(Math.random() * 2 ** 31))

const KEYS = 2_000
const AWAY = { fault: { kind: 'answer', status: 503 } } as const

/** So slow that what the metrics say, half a second old, is still true. */
const SLOW: Partial<Look> = { slow: { firstByteSeconds: 0, pauseMilliseconds: 400 } }

describe.each(ENGINES)(
  'overlapping deliveries of one sync and kill -9, on $engine',
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

    const createBench = (looks: readonly Look[]) =>
      createProcessBench({
        database,
        looks,
        environment: { HEAP_BATCH_SIZE: '100', RESPONSE_DEADLINE: '0' },
        faults: [AWAY],
      })

    /** Rows of all imports that are received and not decided; not a number while the server is away. */
    async function undecided(): Promise<number> {
      const outcomes = ['received', 'delivered', 'rejected', 'skipped', 'superseded']
      const [received = 0, ...decided] = await Promise.all(
        outcomes.map((outcome) => bench.rows(outcome).catch(() => Number.NaN)),
      )
      return received - decided.reduce((sum, count) => sum + count, 0)
    }

    /** By the title of the delivery: the rows that were accepted of it. */
    async function acceptedRows(): Promise<{ title: string; received: number; rejected: number }[]> {
      return bench.withDatabase((opened) =>
        opened.query('select title, received, rejected from imports order by id'),
      )
    }

    async function expectPromise(looks: readonly KeysLook[]): Promise<void> {
      const accepted = await acceptedRows()
      const expected = expectedUsers(
        accepted.map(({ title, received, rejected }) => {
          expect(rejected).toBe(0)
          const look = looks.find(({ id }) => id === title)
          return { look: look!, accepted: received }
        }),
      )
      expect(new Map(bench.heap.users('11'))).toEqual(expected)
    }

    test('a newer delivery that was killed while it was read loses nothing of the older', async () => {
      const looks: KeysLook[] = [
        { id: 'old', from: 1, to: KEYS },
        { id: 'new', from: 1, to: KEYS },
      ]
      bench = await createBench([keysLook(looks[0]!), keysLook(looks[1]!, SLOW)])
      let server = await bench.start()
      const first = await bench.looker().deliver('old', undefined, { planId: '1' })
      expect(first).toMatchObject({ status: 'success' })
      expect(first.message).toContain('2,000 rows still on their way')
      const second = bench.looker().deliver('new', undefined, { planId: '1' })
      await waitFor(async () => (await bench.rows('received')) > KEYS + 300, 'some rows of the newer')
      await server.end('SIGKILL')
      expect(await second).toMatchObject({ status: 'failure' })
      bench.heap.setFaults({ rules: [] })
      server = await bench.start()
      await waitFor(async () => (await undecided()) === 0, 'every row is decided')
      await server.end('SIGTERM')
      const [, newer] = await acceptedRows()
      expect(newer!.received).toBeGreaterThan(0)
      expect(newer!.received).toBeLessThan(KEYS)
      await expectPromise(looks)
    })

    test('every accepted key has its newest accepted value of every property', async () => {
      process.stdout.write(`order and kills on ${engine}: ORDER_SEED=${SEED}\n`)
      const random = createRandom(SEED)
      const upTo = (most: number) => Math.floor(random() * most)
      const pick = <T>(values: readonly T[]): T => values[upTo(values.length)] as T
      const looks: KeysLook[] = Array.from({ length: ROUNDS * 4 }, (_, index) => {
        const from = 1 + upTo(KEYS)
        const columns = pick([
          ['users.plan', 'orders.ltv'],
          ['users.plan', 'orders.ltv'],
          ['users.plan'],
          ['users.tier'],
        ])
        return { id: `delivery ${index + 1}`, from, to: from + upTo(KEYS), columns }
      })
      bench = await createBench(looks.map((look) => keysLook(look, random() < 0.5 ? SLOW : {})))
      let server = await bench.start()
      for (let round = 0; round < ROUNDS; round += 1) {
        bench.heap.setFaults({ rules: random() < 0.5 ? [AWAY] : [{ ...AWAY, probability: 0.3 }] })
        const answers = looks.slice(round * 4, round * 4 + 4).map(async (look, index) => {
          await sleep(index * 150)
          const fault =
            random() < 0.25 ? { fault: { kind: 'truncated' as const, afterRows: upTo(KEYS) } } : {}
          return bench.looker().deliver(look.id, undefined, { planId: '1', ...fault })
        })
        await sleep(300 + upTo(1_200))
        await server.end('SIGKILL')
        await Promise.all(answers)
        server = await bench.start()
      }
      bench.heap.setFaults({ rules: [] })
      await waitFor(async () => (await undecided()) === 0, 'every row is decided', 240_000)
      await server.end('SIGTERM')
      await expectPromise(looks)
    })
  },
)
