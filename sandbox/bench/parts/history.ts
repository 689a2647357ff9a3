import { hashToken } from '../../../server/connections/token.ts'
import { openDatabase } from '../../../server/database/open-database.ts'
import { createConnectionRepository } from '../../../server/database/repositories/connection-repository.ts'
import { SANDBOX_EXTENSION_SECRET } from '../../sandbox-token.ts'
import { reserveServerUrl, runServer } from '../../server-process.ts'
import type { BenchContext } from '../bench-context.ts'
import { createBenchDatabase } from '../bench-database.ts'
import { TOKEN } from '../bench-server.ts'
import type { Engine } from '../engines.ts'
import { ENGINES } from '../engines.ts'
import type { HistorySize } from '../history/fill-history.ts'
import { fillHistory } from '../history/fill-history.ts'
import { historyCalls, timeCalls } from '../history/measure-calls.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { percentile } from '../median.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { EMPTY_LINE } from '../table/line.ts'

const FULL = { syncs: 500, imports: 100_000, rejectedRows: 1_000_000 }
/** Where the whole benchmark is a small one. */
const SMALL = { syncs: 50, imports: 2_000, rejectedRows: 10_000 }
const FEW_ROWS = 100_000

const WARM_UPS = 20
const TURNS = 200
const PERCENT = 99
const AT_REST_MS = 50
const BESIDE_MS = 200

/** How long every call of the history takes, at rest and while rows are imported. */
export async function measureHistory(context: BenchContext): Promise<void> {
  for (const engine of ENGINES) await measureEngine(engine, context)
}

async function measureEngine(engine: Engine, context: BenchContext): Promise<void> {
  const standIns = await startStandIns({ token: TOKEN, latencyMs: 0 })
  const size = { ...(context.rows < FEW_ROWS ? SMALL : FULL), origin: standIns.lookerUrl }
  const database = await createBenchDatabase(engine === 'PGlite' ? 'pglite' : 'postgres')
  try {
    context.say(`a history of ${size.imports} imports and ${size.rejectedRows} rejected rows, ${engine}`)
    await fill(database.environment, size)
    const { port } = await reserveServerUrl()
    const server = await runServer(port, {
      LOOKER_TOKEN: TOKEN,
      EXTENSION_SECRET: SANDBOX_EXTENSION_SECRET,
      LOOKER_URL: standIns.lookerUrl,
      HEAP_API_URL: standIns.heapUrl,
      RESPONSE_DEADLINE: '7200',
      RETENTION_DAYS: '3650',
      REJECTED_ROWS_DAYS: '3650',
      ...database.environment,
    })
    try {
      const calls = Object.entries(historyCalls(size))
      for (const [what, path] of calls) {
        await timeCalls(server.url, SANDBOX_EXTENSION_SECRET, path, WARM_UPS)
        show(what, await timeCalls(server.url, SANDBOX_EXTENSION_SECRET, path, TURNS), AT_REST_MS)
      }
      let isDone = false
      context.say(`${context.rows} rows beside it, ${engine}`)
      const look = { ...PLAIN_LOOK, rows: context.rows }
      const delivering = standIns
        .deliver({ actionUrl: server.url, look, environmentId: '77' })
        .finally(() => {
          isDone = true
        })
      const beside = new Map<string, number[]>(calls.map(([what]) => [what, []]))
      for (let turn = 0; !isDone; turn += 10) {
        for (const [what, path] of calls) {
          beside
            .get(what)
            ?.push(...(await timeCalls(server.url, SANDBOX_EXTENSION_SECRET, (one) => path(turn + one), 10)))
        }
      }
      const { record } = await delivering
      if (record.status !== 'success') throw new Error(record.message)
      for (const [what, times] of beside) show(`${what}, while rows are imported`, times, BESIDE_MS)
    } finally {
      await server.end('SIGTERM')
    }
  } finally {
    await database.remove()
    await standIns.stop()
  }

  function show(what: string, times: readonly number[], amount: number): void {
    const slowest = percentile(times, PERCENT)
    context.show({
      ...EMPTY_LINE,
      what: `${what}, p${PERCENT}, ${engine}`,
      target: { of: 'value', is: 'at most', amount },
      value: slowest === null ? null : { amount: slowest, unit: 'ms' },
      note: `${times.length} calls, p50 ${(percentile(times, 50) ?? 0).toFixed(1)} ms`,
    })
  }
}

async function fill(environment: Record<string, string>, size: HistorySize): Promise<void> {
  const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = environment
  const database = await openDatabase({ url, dataDirectory, onError: () => undefined })
  try {
    await createConnectionRepository(database).add('default', hashToken(TOKEN))
    await fillHistory(database, size)
  } finally {
    await database.close()
  }
}
