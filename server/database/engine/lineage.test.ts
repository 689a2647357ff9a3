import { afterEach, expect, test } from 'vitest'
import { copyDatabase } from '../../testing/copy-database.ts'
import { createPgliteDirectory, createPostgresDatabase } from '../../testing/engines.ts'
import { openDatabase } from '../open-database.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function lineageOf(environment: Record<string, string>, sql = 'select 1'): Promise<string> {
  const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = environment
  const database = await openDatabase({ url, dataDirectory, onError: () => undefined })
  try {
    await database.query(sql)
    return await database.lineage()
  } finally {
    await database.close()
  }
}

test('an embedded database knows itself after a start, and its copy is another one', {
  timeout: 120_000,
}, async () => {
  const { environment, remove } = await createPgliteDirectory()
  cleanups.push(remove)
  const own = await lineageOf(environment, 'create table more as select generate_series(1, 1000) as number')
  expect(await lineageOf(environment, 'checkpoint')).toBe(own)
  const copy = await copyDatabase({ environment, remove }, 'lineage')
  cleanups.push(copy.remove)
  expect(await lineageOf(copy.environment)).not.toBe(own)
})

test('a PostgreSQL knows itself, and its copy, or tables that were made anew, are others', {
  timeout: 120_000,
}, async () => {
  const { environment, remove } = await createPostgresDatabase()
  cleanups.push(remove)
  const own = await lineageOf(environment)
  // Cluster, timeline, database and table: none of them is unknown here.
  expect(own).toMatch(/^\d{10,} [0-9A-F]{8} \d+ \d+$/)
  expect(await lineageOf(environment)).toBe(own)
  const copy = await copyDatabase({ environment, remove }, 'lineage')
  cleanups.push(copy.remove)
  expect(await lineageOf(copy.environment)).not.toBe(own)
  // As pg_restore --clean does.

  const database = await openDatabase({
    url: copy.environment.DATABASE_URL,
    dataDirectory: '',
    onError: () => undefined,
  })
  const before = await database.lineage()
  await database.query('alter table imports rename to old')
  await database.query('create table imports (like old including all)')
  const after = await database.lineage()
  await database.close()
  expect(after).not.toBe(before)
})
