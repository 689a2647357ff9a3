import type { FastifyInstance } from 'fastify'
import { freePort } from '../../sandbox/free-port.ts'
import type { HeapStandIn, HeapStandInOptions } from '../../sandbox/heap/heap-stand-in.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import type { Look } from '../../sandbox/looker/look.ts'
import type { LookerStandIn } from '../../sandbox/looker/looker-stand-in.ts'
import { createLookerStandIn } from '../../sandbox/looker/looker-stand-in.ts'
import type { AppOptions } from '../app.ts'
import { buildApp } from '../app.ts'
import type { TestDatabase } from './engines.ts'
import { extensionSecretOf } from './extension-secret.ts'
import type { ImportRow } from './import-row.ts'
import { IMPORT_COLUMNS } from './import-row.ts'

export const TOKEN = 'the-token-of-the-action-in-all-tests'

export type TestBench = {
  app: FastifyInstance
  url: string
  heap: HeapStandIn
  looker: LookerStandIn
  /** The counts of the newest import, read from the database. */
  newestImport: () => Promise<ImportRow>
  close: () => Promise<void>
}

type TestBenchOptions = {
  database: TestDatabase
  looks?: readonly Look[]
  environment?: Record<string, string>
  heap?: HeapStandInOptions
  /** Replaces what the server is built with otherwise. */
  app?: Partial<AppOptions>
}

/** The action server between a Looker and a Heap stand-in, all over real HTTP on loopback. */
export async function createTestBench(options: TestBenchOptions): Promise<TestBench> {
  const heap = createHeapStandIn(options.heap)
  const heapUrl = await heap.listen()
  // Looker has to know the server's URL, and the server Looker's origin: the port is chosen beforehand.
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const looker = createLookerStandIn({
    actionUrl: `${url}/`,
    token: TOKEN,
    ...(options.looks ? { looks: options.looks } : {}),
  })
  const lookerOrigin = await looker.listen()
  const app = await buildApp({
    environment: {
      PORT: String(port),
      PUBLIC_URL: url,
      LOOKER_TOKEN: TOKEN,
      EXTENSION_SECRET: extensionSecretOf(TOKEN),
      LOOKER_URL: lookerOrigin,
      HEAP_API_URL: heapUrl,
      ...options.database.environment,
      ...options.environment,
    },
    showToken: () => undefined,
    logger: process.env.TEST_LOG ? { level: process.env.TEST_LOG } : false,
    ...options.app,
  })
  await app.listen({ port, host: '127.0.0.1' })
  return {
    app,
    url,
    heap,
    looker,
    async newestImport() {
      const [row] = await app.database.query<ImportRow>(
        `select ${IMPORT_COLUMNS} from imports order by id desc limit 1`,
      )
      if (!row) throw new Error('there is no import')
      return row
    },
    async close() {
      await app.close()
      await looker.close()
      await heap.close()
    },
  }
}
