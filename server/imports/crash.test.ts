import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { createRandom } from '../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import type { DeliveryRecord } from '../../sandbox/looker/delivering/delivery-record.ts'
import { createLookerStandIn } from '../../sandbox/looker/looker-stand-in.ts'
import { runServer } from '../../sandbox/server-process.ts'
import { openDatabase } from '../database/open-database.ts'
import { checkRounds } from '../testing/check-rounds.ts'
import { createCrashTrigger, pickCrashPoint } from '../testing/crash-points.ts'
import { ENGINES } from '../testing/engines.ts'
import { poisonedKeys, roundLook } from '../testing/round-look.ts'
import { TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

/** Each round is a delivery and a kill -9. A failure is replayed by its seed. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 6)
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

const ROWS = 4_000
const BATCH_SIZE = 100

/** One round in so many also kills the server while it starts. */
const START_KILL_EVERY = 3
const START_KILL_MILLISECONDS = 2_500

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

// Most of the time the tests wait for a server that starts, so both engines have their turn at once.
describe.concurrent.each(ENGINES)('kill -9 at any instant, on $engine', ({ engine, createDatabase }) => {
  test(`${ROUNDS} kills, seed ${SEED}: no row is lost or counted twice, no import stays open`, {
    timeout: 180_000 + ROUNDS * 30_000,
  }, async ({ onTestFinished }) => {
    const random = createRandom(SEED)
    const database = await createDatabase()
    onTestFinished(database.remove)
    const heap = createHeapStandIn({
      faults: {
        seed: SEED,
        rules: [
          { fault: { kind: 'latency', ms: [1, 40] } },
          { fault: { kind: 'poison_keys', keys: poisonedKeys(ROUNDS, ROWS) } },
        ],
      },
    })
    const trigger = createCrashTrigger(heap)
    const heapUrl = await heap.listen()
    onTestFinished(heap.close)
    const port = await freePort()
    const looks = Array.from({ length: ROUNDS }, (_, index) => roundLook(index + 1, ROWS, trigger.onRow))
    const looker = createLookerStandIn({ actionUrl: `http://127.0.0.1:${port}/`, token: TOKEN, looks })
    const lookerUrl = await looker.listen()
    onTestFinished(looker.close)
    // Of two rounds one is answered as soon as its rows are stored, the other when they are in Heap.
    const environmentOf = (round: number) => ({
      ...database.environment,
      LOOKER_TOKEN: TOKEN,
      LOOKER_URL: lookerUrl,
      HEAP_API_URL: heapUrl,
      HEAP_BATCH_SIZE: String(BATCH_SIZE),
      RESPONSE_DEADLINE: round % 2 === 0 ? '0' : '480',
      LOG_LEVEL: 'error',
    })

    let server = await runServer(port, environmentOf(1))
    onTestFinished(async () => {
      await server.end('SIGKILL')
    })
    const records = new Map<number, DeliveryRecord>()
    const struck = new Map<string, number>()

    for (const [index, look] of looks.entries()) {
      const round = index + 1
      const point = pickCrashPoint(round, random, { rows: ROWS, requests: ROWS / BATCH_SIZE })
      const disarm = trigger.arm(point, () => process.kill(server.pid, 'SIGKILL'))
      const record = await looker.deliver(look.id, look.suggestedParams, {
        planId: String(round),
        mode: point.at !== 'row' && random() < 0.3 ? 'push' : 'url',
      })
      const what = disarm() ? point.at : 'answer'
      records.set(round, record)
      struck.set(what, (struck.get(what) ?? 0) + 1)
      await server.end('SIGKILL')
      if (round % START_KILL_EVERY === 0) {
        await killWhileStarting(port, environmentOf(round), random() * START_KILL_MILLISECONDS)
        struck.set('start', (struck.get('start') ?? 0) + 1)
      }
      server = await runServer(port, environmentOf(round + 1))
    }

    await waitFor(() => everyRowIsDecided(server.url), 'every row is decided', 120_000)
    const opened = await reopen()
    onTestFinished(opened.close)
    const checked = await checkRounds(opened, heap, records, ROWS)
    const answered = [...records.values()].filter(({ status }) => status === 'success').length
    expect(checked.rowsCompared).toBeGreaterThan(0)
    report(
      `${engine}, seed ${SEED}: kills ${JSON.stringify(Object.fromEntries(struck))}, ` +
        `success told ${answered}, ${JSON.stringify(checked)}`,
    )

    /** The embedded database has one process at a time, which closes dead imports when it starts. */
    async function reopen() {
      const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = database.environment
      const open = () => openDatabase({ url, dataDirectory, onError: () => undefined })
      if (url === undefined) {
        expect(await server.end('SIGTERM')).toBe(0)
        return open()
      }
      const shared = await open()
      await waitFor(
        async () => (await shared.query("select 1 from imports where state <> 'finished'")).length === 0,
        'no import is open',
        120_000,
      )
      expect(await server.end('SIGTERM')).toBe(0)
      return shared
    }
  })
})

async function killWhileStarting(port: number, environment: Record<string, string>, milliseconds: number) {
  const child = spawn(process.execPath, [MAIN], {
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', ...environment },
  })
  const exited = once(child, 'exit')
  await sleep(milliseconds)
  child.kill('SIGKILL')
  await exited
}

/** Read from the metrics, which both engines have while the server runs. */
async function everyRowIsDecided(url: string): Promise<boolean> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const rows = (outcome: string) =>
    Number(new RegExp(`heap_import_shared_rows\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1])
  const decided = ['delivered', 'rejected', 'skipped', 'superseded'].map(rows)
  return rows('received') === decided.reduce((sum, count) => sum + count, 0)
}

function report(line: string): void {
  process.stdout.write(`${line}\n`)
}
