import { afterEach, expect, test } from 'vitest'
import { createPgliteDirectory } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { createTestBench } from '../testing/test-bench.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const IMPORTS = 30
const ROWS = 500

test('imports leave nothing in the embedded database that makes the next ones slower', {
  timeout: 240_000,
}, async () => {
  const database = await createPgliteDirectory()
  cleanups.push(database.remove)
  const { app, looker, close } = await createTestBench({
    database,
    environment: { HEAP_BATCH_SIZE: '5' },
    looks: [sampleLook({ rows: () => users(ROWS) })],
  })
  cleanups.push(close)
  for (let number = 0; number < IMPORTS; number += 1) {
    expect((await looker.deliver('1')).status).toBe('success')
  }
  const tables = await app.database.query<{ name: string; rows: number; bytes: number; analyzed: boolean }>(
    `select relid::regclass::text as name, pg_relation_size(relid)::int as bytes,
       exists (select 1 from pg_stats where pg_stats.tablename = relname) as analyzed
     from pg_stat_user_tables where relid in ('pgboss.job_common'::regclass, 'batches'::regclass)
     order by name`,
  )
  expect(await app.database.query('select id from pgboss.job')).toEqual([])
  expect(await app.database.query('select number from batches')).toEqual([])
  // 3,000 batches have gone through; each of their rows has been three versions of more than 100 bytes.
  for (const { name, bytes, analyzed } of tables) {
    expect(analyzed, name).toBe(true)
    expect(bytes, name).toBeLessThan(300_000)
  }
})
