import { parseArgs } from 'node:util'
import { SANDBOX_TOKEN } from '../sandbox-token.ts'
import { reserveServerUrl, runServer } from '../server-process.ts'
import { createBenchDatabase } from './bench-database.ts'
import { readUse } from './process-use.ts'
import { startStandIns } from './start-stand-ins.ts'

// `node sandbox/bench/long-life.ts [--imports 3000 --rows 10000 --postgres]`: one server process, imports one
// after the other. Does it stay as fast and as small as it was? It shows figures and judges none of them; it
// fails only when rows get lost.

const { values } = parseArgs({
  options: {
    imports: { type: 'string', default: '3000' },
    rows: { type: 'string', default: '10000' },
    postgres: { type: 'boolean', default: false },
  },
})

function readCount(name: 'imports' | 'rows'): number {
  const count = Number(values[name])
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--${name} takes a number from 1, not ${values[name]}`)
  }
  return count
}

const imports = readCount('imports')
const rows = readCount('rows')

/** Imports between two lines. */
const STEP = Math.min(100, imports)

const TOKEN = SANDBOX_TOKEN

/** What a stretch of imports has cost, and what the server held at its end. */
type Stretch = {
  imports: number
  seconds: number
  cpuSeconds: number
  slowestMs: number
  rss: number
  disk: number
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('en-US')

function describe(
  { imports: count, seconds, cpuSeconds, slowestMs, rss, disk }: Stretch,
  done: number,
): string {
  return [
    `${done} imports`,
    `${(count / seconds).toFixed(2)} imports/s`,
    `${((cpuSeconds / count) * 1000).toFixed(0)} CPU ms an import`,
    `slowest ${slowestMs.toFixed(0)} ms`,
    `RSS ${megabytes(rss)} MB`,
    `disk ${megabytes(disk)} MB`,
  ].join(', ')
}

const database = await createBenchDatabase(values.postgres ? 'postgres' : 'pglite')
const { port, url } = await reserveServerUrl()
const standIns = await startStandIns({ actionUrl: url, token: TOKEN, rows, latencyMs: 0 })
const server = await runServer(port, {
  LOOKER_TOKEN: TOKEN,
  LOOKER_URL: standIns.lookerUrl,
  HEAP_API_URL: standIns.heapUrl,
  ...database.environment,
})

async function runStretch(count: number, storedBefore: number): Promise<Stretch> {
  const before = await readUse(server.pid)
  const start = performance.now()
  let slowestMs = 0
  for (let number = 1; number <= count; number += 1) {
    const begin = performance.now()
    const { record, stored } = await standIns.deliver()
    slowestMs = Math.max(slowestMs, performance.now() - begin)
    if (record.status !== 'success') throw new Error(record.message ?? 'a delivery failed')
    const expected = storedBefore + number * rows
    if (stored !== expected) throw new Error(`Heap took ${stored} rows instead of ${expected}`)
  }
  const seconds = (performance.now() - start) / 1000
  const after = await readUse(server.pid)
  return {
    imports: count,
    seconds,
    cpuSeconds: (after?.cpuSeconds ?? 0) - (before?.cpuSeconds ?? 0),
    slowestMs,
    rss: after?.bytesNow ?? 0,
    disk: await database.diskBytes(),
  }
}

/** Imports a second over some stretches. */
function speed(stretches: readonly Stretch[]): number {
  const sum = (of: (stretch: Stretch) => number) => stretches.reduce((total, entry) => total + of(entry), 0)
  return sum((entry) => entry.imports) / sum((entry) => entry.seconds)
}

const stretches: Stretch[] = []
try {
  const engine = values.postgres ? 'PostgreSQL' : 'embedded database'
  const idle = await readUse(server.pid)
  console.log(`${imports} imports of ${rows.toLocaleString('en-US')} rows one after the other, ${engine}`)
  console.log(
    `ready: RSS ${megabytes(idle?.bytesNow ?? 0)} MB, disk ${megabytes(await database.diskBytes())} MB`,
  )
  for (let done = 0; done < imports; ) {
    const stretch = await runStretch(Math.min(STEP, imports - done), done * rows)
    stretches.push(stretch)
    done += stretch.imports
    console.log(describe(stretch, done))
  }
  const atBothEnds = Math.max(1, Math.min(3, Math.floor(stretches.length / 2)))
  const ratio = speed(stretches.slice(-atBothEnds)) / speed(stretches.slice(0, atBothEnds))
  const early = stretches[Math.max(0, Math.ceil(stretches.length / 10) - 1)]
  const last = stretches.at(-1)
  console.log(
    `speed of the last ${atBothEnds * STEP} over the first ${atBothEnds * STEP}: ${ratio.toFixed(3)}; RSS after 10 % ${megabytes(early?.rss ?? 0)} MB, at the end ${megabytes(last?.rss ?? 0)} MB; disk ${megabytes(early?.disk ?? 0)} MB, ${megabytes(last?.disk ?? 0)} MB`,
  )
} finally {
  await server.end('SIGTERM')
  if (server.log() !== '') console.log(`the server logged:\n${server.log()}`)
  await standIns.stop()
  await database.remove()
}
