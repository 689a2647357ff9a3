import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../server/database/open-database.ts'
import { createRandom } from '../heap/heap-faults.ts'
import { createHeapStandIn } from '../heap/heap-stand-in.ts'
import { createLookerStandIn } from '../looker/looker-stand-in.ts'
import { SANDBOX_TOKEN } from '../sandbox-token.ts'
import { reserveServerUrl } from '../server-process.ts'
import { audit } from './audit.ts'
import { keepDelivering } from './deliveries.ts'
import { drain } from './drain.ts'
import { createLedger } from './ledger.ts'
import { reportAudit, reportEndings, reportFaults, reportMemory } from './report.ts'
import { runRestlessServer } from './restless-server.ts'
import { SYNCS } from './syncs.ts'
import { randomTroubles } from './troubles.ts'

// `npm run soak [-- --minutes 10 --seed 1 --database postgres://...]`: overlapping deliveries of several
// syncs, a Heap that fails at random, and a server that is killed and restarted in the first half. The second
// half leaves its process alone, so that its memory can be watched. Exits with 1 when anything is lost.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    database: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new Error(`--minutes takes a number of minutes, not ${values.minutes}`)
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const random = createRandom(seed)
console.log(`${minutes} minutes, --seed ${seed}`)

const TOKEN = SANDBOX_TOKEN
const DRAIN_SECONDS = 180
const TROUBLES_MILLISECONDS = 4_000

const dataDirectory = await mkdtemp(path.join(tmpdir(), 'heap-import-soak-'))
const ledger = createLedger()
const { port, url } = await reserveServerUrl()
const heap = createHeapStandIn({ watcher: { onStored: ledger.onStored } })
const looker = createLookerStandIn({ actionUrl: `${url}/`, token: TOKEN })
const [heapUrl, lookerUrl] = await Promise.all([heap.listen(), looker.listen()])
const server = await runRestlessServer(new URL('impatient-server.ts', import.meta.url), port, {
  LOOKER_TOKEN: TOKEN,
  LOOKER_URL: lookerUrl,
  HEAP_API_URL: heapUrl,
  RESPONSE_DEADLINE: '15',
  HEAP_BATCH_SIZE: '500',
  DATA_DIR: dataDirectory,
  ...(values.database ? { DATABASE_URL: values.database } : {}),
})

const end = new AbortController()
const half = new AbortController()
setTimeout(() => half.abort(), minutes * 30_000)
setTimeout(() => end.abort(), minutes * 60_000)

async function changeTheWeather(): Promise<void> {
  while (!end.signal.aborted) {
    heap.setFaults(randomTroubles(random))
    await sleep(TROUBLES_MILLISECONDS, undefined, { signal: end.signal }).catch(() => undefined)
  }
}

async function disturbTheServer(): Promise<void> {
  while (!half.signal.aborted) {
    await sleep(3_000 + random() * 12_000, undefined, { signal: half.signal }).catch(() => undefined)
    if (!half.signal.aborted) await server.restart(random() < 0.6 ? 'SIGKILL' : 'SIGTERM', random() * 1_500)
  }
}

const telling = setInterval(() => {
  const { requests, stored } = heap.requests()
  const memory = server.memory.at(-1)
  console.log(
    `${memory?.minute.toFixed(1)} min: ${requests} requests, ${stored} entities stored, ${server.endings.length} restarts, RSS ${memory?.megabytes} MB`,
  )
}, 60_000)

const working = Promise.all(
  SYNCS.map((sync) => keepDelivering(sync, { looker, ledger, random, signal: end.signal })),
)
await Promise.all([changeTheWeather(), disturbTheServer()])
heap.setFaults({ rules: [] })
const answers = (await working).flat()
const waiting = await drain(url, DRAIN_SECONDS)
clearInterval(telling)
const exitCode = await server.stop()

const database = await openDatabase({
  url: values.database,
  dataDirectory,
  onError: (error) => console.error(error),
})
const result = await audit(database, heap, ledger, answers)
await database.close()
if (waiting > 0) result.problems.push(`${waiting} rows were not decided within ${DRAIN_SECONDS} s`)
if (exitCode !== 0) result.problems.push(`the server ended with ${exitCode}`)

const told = Map.groupBy(answers, ({ status }) => status)
console.log(
  [
    ...reportMemory(server.memory),
    ...reportEndings(server),
    ...reportFaults(heap.requests().outcomes),
    `deliveries: ${answers.length}; Looker was told success ${told.get('success')?.length ?? 0} times, failure ${told.get('failure')?.length ?? 0} times`,
    ...reportAudit(result),
  ].join('\n'),
)
if (result.problems.length > 0) {
  process.exitCode = 1
  console.log(server.log())
}
await Promise.all([heap.close(), looker.close()])
await rm(dataDirectory, { recursive: true, force: true })
