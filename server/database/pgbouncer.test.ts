import { afterEach, describe, expect, test } from 'vitest'
import { createPostgresDatabase } from '../testing/engines.ts'
import { PGBOUNCER, startPgbouncer } from '../testing/pgbouncer.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { sampleLook, users } from '../testing/sample-look.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

// Nothing may depend on a session: no prepared statement, no setting and no lock outlives its transaction.
describe.runIf(PGBOUNCER)('behind a pgbouncer in transaction mode', () => {
  test('two servers make their tables, take deliveries and send them', { timeout: 600_000 }, async () => {
    const database = await createPostgresDatabase()
    cleanups.push(database.remove)
    const bouncer = await startPgbouncer(database.environment.DATABASE_URL ?? '')
    cleanups.push(bouncer.stop)
    const bench = await createProcessBench({
      database: { environment: { DATABASE_URL: bouncer.url }, remove: async () => undefined },
      servers: 2,
      environment: { HEAP_BATCH_SIZE: '100' },
      looks: [1, 2].map((id) => sampleLook({ id: String(id), rows: () => users(3_000, id * 10_000) })),
    })
    cleanups.push(bench.close)
    const servers = await Promise.all([bench.start(0), bench.start(1)])
    const deliveries = await Promise.all([bench.looker(0).deliver('1'), bench.looker(1).deliver('2')])
    expect(deliveries.map(({ status, message }) => ({ status, message }))).toEqual(
      Array.from({ length: 2 }, () => ({
        status: 'success',
        message: 'Imported 3,000 of 3,000 rows into Heap environment 11.',
      })),
    )
    expect(bench.heap.users('11').size).toBe(6_000)
    for (const server of servers) {
      expect(await server.end('SIGTERM')).toBe(0)
      // Waiting for the one that migrates is no error.
      expect(server.log()).not.toMatch(/"level":[56]0/)
    }
  })
})
