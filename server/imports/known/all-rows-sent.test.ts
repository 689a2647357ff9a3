import { afterEach, describe, expect, test } from 'vitest'
import type { HeapStandIn } from '../../../sandbox/heap/heap-stand-in.ts'
import { createHeapStandIn } from '../../../sandbox/heap/heap-stand-in.ts'
import type { LookRow } from '../../../sandbox/looker/look.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import { copyDatabase } from '../../testing/copy-database.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { emailOf } from '../../testing/keys-look.ts'
import { sampleLook } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { openMemory } from './open-memory.ts'

const ROWS = 300
const SYNC = 'sync-of-one-that-starts-anew'

const look = sampleLook({
  rows: function* () {
    for (let number = 1; number <= ROWS; number += 1) {
      yield { 'users.email': emailOf(number), 'users.plan': 'pro', 'orders.ltv': number } as LookRow
    }
  },
})

describe.each(ENGINES)('all rows are sent, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  const cleanups: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })

  async function newHeap() {
    const heap = createHeapStandIn()
    const url = await heap.listen()
    cleanups.push(heap.close)
    return { heap, url }
  }

  /** A server with settings of its own on a database, for as long as `work` takes. */
  async function withServer<T>(
    database: TestDatabase,
    heapUrl: string,
    work: (server: {
      bench: Awaited<ReturnType<typeof createTestBench>>
      deliver: () => Promise<{ delivered: number; unchanged: number; message: string }>
    }) => Promise<T>,
    environment: Record<string, string> = {},
  ): Promise<T> {
    const bench = await createTestBench({
      database,
      looks: [look],
      environment: { HEAP_API_URL: heapUrl, ...environment },
      app: { heapTiming: SHORT_PATIENCE },
    })
    try {
      return await work({
        bench,
        async deliver() {
          const params = { ...look.suggestedParams, sync_id: SYNC, send: 'changed' }
          const { message = '' } = await bench.looker.deliver(look.id, params, { planId: '1' })
          const { delivered, unchanged } = await bench.newestImport()
          return { delivered, unchanged, message }
        },
      })
    } finally {
      await bench.close()
    }
  }

  async function newDatabase(): Promise<TestDatabase> {
    const database = await createDatabase()
    cleanups.push(database.remove)
    return database
  }

  const users = (heap: HeapStandIn) => heap.users('11').size

  test('to another Heap, and after a restore, but not after a start', async () => {
    const database = await newDatabase()
    const [first, second] = [await newHeap(), await newHeap()]
    await withServer(database, first.url, async ({ deliver }) => {
      expect(await deliver()).toMatchObject({ delivered: ROWS })
    })
    await withServer(database, first.url, async ({ deliver }) => {
      expect(await deliver()).toMatchObject({ delivered: 0, unchanged: ROWS })
    })
    await withServer(database, second.url, async ({ deliver }) => {
      const { delivered, message } = await deliver()
      expect(delivered).toBe(ROWS)
      expect(message).toContain('the last delivery was sent to another address of Heap')
      expect(users(second.heap)).toBe(ROWS)
      expect(await deliver()).toMatchObject({ delivered: 0, unchanged: ROWS })
    })
    const backup = await copyDatabase(database, 'restored')
    cleanups.push(backup.remove)
    second.heap.reset()
    await withServer(backup, second.url, async ({ deliver }) => {
      const { delivered, message } = await deliver()
      expect(delivered).toBe(ROWS)
      expect(message).toContain("the server's database was restored")
      expect(await deliver()).toMatchObject({ delivered: 0, unchanged: ROWS })
    })
  })

  test('where fingerprints are not kept, which is said, and older ones tell nothing', async () => {
    const database = await newDatabase()
    const { url } = await newHeap()
    const server = (knownRows: number, work: Parameters<typeof withServer>[2]) =>
      withServer(database, url, work, { KNOWN_ROWS: String(knownRows) })
    await server(ROWS, async ({ deliver }) => {
      expect(await deliver()).toMatchObject({ delivered: ROWS })
    })
    await server(ROWS - 1, async ({ bench, deliver }) => {
      expect(await deliver()).toMatchObject({ delivered: 0, unchanged: ROWS })
      expect(await bench.app.database.query('select part from known_rows')).toEqual([])
      const { delivered, message } = await deliver()
      expect(delivered).toBe(ROWS)
      expect(message).toContain(`the last delivery had more than ${ROWS - 1} rows`)
      expect(message).toContain('KNOWN_ROWS')
    })
    await server(ROWS, async ({ deliver }) => {
      expect(await deliver()).toMatchObject({ delivered: ROWS })
    })
    await server(0, async ({ bench, deliver }) => {
      const { delivered, message } = await deliver()
      expect(delivered).toBe(ROWS)
      expect(message).toContain('the server keeps no fingerprints of rows (KNOWN_ROWS is 0)')
      expect(await bench.app.database.query('select part from known_rows')).toEqual([])
    })
  })

  test('when the last fingerprints are gone while they are read', async () => {
    const { url } = await newHeap()
    await withServer(await newDatabase(), url, async ({ bench, deliver }) => {
      await deliver()
      const { database, repositories } = bench.app
      const { id } = await bench.newestImport()
      const [own] = await database.query<{ id: number; settings: SyncSettings }>(
        `insert into imports (connection_id, sync, sync_key, sync_id, source_key, target_key, settings, environment_id, state)
         select connection_id, sync, sync_key, sync_id, source_key, target_key, settings, environment_id, 'reading'
         from imports where id = $1 returning id, settings`,
        [id],
      )
      const errors: unknown[] = []
      const open = (known: typeof repositories.known) =>
        openMemory(known, own!.id, own!.settings, {
          mostRows: ROWS,
          heapUrl: url,
          onError: (error) => errors.push(error),
        })
      expect(await open(repositories.known)).toMatchObject({ changedRun: 1, remarks: [] })
      const meanwhile = {
        ...repositories.known,
        async rejectedKeys(...call: Parameters<typeof repositories.known.rejectedKeys>) {
          await database.query('delete from known_rows where import_id = $1', [id])
          return repositories.known.rejectedKeys(...call)
        },
      }
      expect(await open(meanwhile)).toMatchObject({
        changedRun: 0,
        remarks: [{ text: expect.stringContaining('were replaced meanwhile') }],
      })
      expect(errors).toHaveLength(1)
    })
  })
})
