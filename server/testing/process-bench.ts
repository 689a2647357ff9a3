import { freePort } from '../../sandbox/free-port.ts'
import type { FaultRule } from '../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import type { Look } from '../../sandbox/looker/look.ts'
import type { LookerStandIn } from '../../sandbox/looker/looker-stand-in.ts'
import { createLookerStandIn } from '../../sandbox/looker/looker-stand-in.ts'
import { runServer } from '../../sandbox/server-process.ts'
import type { Database } from '../database/engine/database.ts'
import { openDatabase } from '../database/open-database.ts'
import type { TestDatabase } from './engines.ts'
import { extensionSecretOf } from './extension-secret.ts'
import { openHeapDoors } from './heap-doors.ts'
import type { ImportRow } from './import-row.ts'
import { IMPORT_COLUMNS } from './import-row.ts'
import { TOKEN } from './test-bench.ts'

type RunningServer = Awaited<ReturnType<typeof runServer>>

export type ProcessBench = Awaited<ReturnType<typeof createProcessBench>>

type ProcessBenchOptions = {
  database: TestDatabase
  looks: readonly Look[]
  /** How many servers can be started. Each has a Looker that delivers to it, and a door to Heap. */
  servers?: number
  environment?: Record<string, string>
  faults?: FaultRule[]
}

/** Servers in processes of their own, on one database, between stand-ins for Looker and Heap. */
export async function createProcessBench(options: ProcessBenchOptions) {
  const { database, looks, servers: count = 1, environment, faults = [] } = options
  const heap = createHeapStandIn({ faults: { rules: faults } })
  const doors = await openHeapDoors(heap, count)
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()))
  const lookers = ports.map((port) =>
    createLookerStandIn({ actionUrl: `http://127.0.0.1:${port}/`, token: TOKEN, looks }),
  )
  const origins = await Promise.all(lookers.map((looker) => looker.listen()))
  const running = new Map<number, RunningServer>()

  /** Starts the server of that number, from 0; resolves when it is ready. */
  async function start(index = 0, more: Record<string, string> = {}): Promise<RunningServer> {
    const server = await runServer(ports[index] ?? 0, {
      LOG_LEVEL: 'error',
      ...database.environment,
      LOOKER_TOKEN: TOKEN,
      EXTENSION_SECRET: extensionSecretOf(TOKEN),
      LOOKER_URL: origins.join(','),
      HEAP_API_URL: doors.urls[index] ?? '',
      ...environment,
      ...more,
    })
    running.set(index, server)
    return server
  }

  function looker(index = 0): LookerStandIn {
    const found = lookers[index]
    if (!found) throw new RangeError(`there is no server ${index}`)
    return found
  }

  /** Does something with the database: while servers run with a PostgreSQL, after their end with PGlite. */
  async function withDatabase<T>(work: (opened: Database) => Promise<T>): Promise<T> {
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = database.environment
    const opened = await openDatabase({ url, dataDirectory, onError: () => undefined })
    try {
      return await work(opened)
    } finally {
      await opened.close()
    }
  }

  return {
    heap,
    doors,
    looker,
    start,
    /** Stops the server of that number, and starts it with other settings. */
    async restart(index: number, more: Record<string, string>): Promise<RunningServer> {
      await running.get(index)?.end('SIGTERM')
      return start(index, more)
    },
    /** Origin of the Looker that delivers to the server of that number. */
    origin: (index = 0) => origins[index] ?? '',
    withDatabase,
    /** Rows of all imports with this outcome, from the server's metrics. */
    async rows(outcome: string, index = 0): Promise<number> {
      const text = await (await fetch(`http://127.0.0.1:${ports[index]}/metrics`)).text()
      return Number(new RegExp(`heap_import_shared_rows\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1])
    },
    imports: () =>
      withDatabase((opened) => opened.query<ImportRow>(`select ${IMPORT_COLUMNS} from imports order by id`)),
    async close(): Promise<void> {
      await Promise.all([...running.values()].map((server) => server.end('SIGKILL')))
      await Promise.all([doors.close(), heap.close(), ...lookers.map((entry) => entry.close())])
    },
  }
}
