import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { SANDBOX_TOKEN } from '../sandbox-token.ts'
import { reserveServerUrl, runServer } from '../server-process.ts'
import { createBenchDatabase } from './bench-database.ts'
import { readUse } from './process-use.ts'

// `node sandbox/bench/start-up.ts [--runs 3]`: how long a server takes from the start of its process until it
// is ready for deliveries, and what it holds when it then has nothing to do. Medians, on both engines. It
// shows figures and judges none of them.

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a number from 1, not ${values.runs}`)

/** After so long whatever the start has left behind is collected, or never. */
const IDLE_MILLISECONDS = 5_000

/** `cpuSeconds`: of all threads, until it was ready; other work on the machine disturbs it less. */
type Start = { readyMs: number; cpuSeconds: number; idleBytes: number }

async function measureStart(environment: Record<string, string>): Promise<Start> {
  const { port, url } = await reserveServerUrl()
  const begin = performance.now()
  const starting = runServer(port, { LOOKER_TOKEN: SANDBOX_TOKEN, ...environment })
  // runServer looks ten times a second only; when it fails it says why.
  const readyMs = await Promise.race([
    waitUntilReady(url, begin),
    starting.then(() => waitUntilReady(url, begin)),
  ])
  const server = await starting
  const ready = await readUse(server.pid)
  await sleep(IDLE_MILLISECONDS)
  const idle = await readUse(server.pid)
  await server.end('SIGTERM')
  return { readyMs, cpuSeconds: ready?.cpuSeconds ?? 0, idleBytes: idle?.bytesNow ?? 0 }
}

async function waitUntilReady(url: string, begin: number): Promise<number> {
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return performance.now() - begin
    await sleep(10)
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function describe(what: string, starts: readonly Start[]): string {
  return [
    what,
    `ready after ${median(starts.map((start) => start.readyMs)).toFixed(0)} ms`,
    `${median(starts.map((start) => start.cpuSeconds)).toFixed(1)} CPU seconds`,
    `idle ${(median(starts.map((start) => start.idleBytes)) / 1e6).toFixed(0)} MB`,
  ].join(', ')
}

for (const [engine, title] of [
  ['pglite', 'embedded'],
  ['postgres', 'PostgreSQL'],
] as const) {
  const fresh: Start[] = []
  const existing: Start[] = []
  for (let run = 0; run < runs; run += 1) {
    const database = await createBenchDatabase(engine)
    try {
      fresh.push(await measureStart(database.environment))
      existing.push(await measureStart(database.environment))
    } finally {
      await database.remove()
    }
  }
  console.log(describe(`${title}, new database`, fresh))
  console.log(describe(`${title}, existing database`, existing))
}
