import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import type { Database } from './engine/database.ts'
import { openDatabase } from './open-database.ts'
import { createConnectionRepository } from './repositories/connection-repository.ts'

const MIGRATION = join(import.meta.dirname, 'migrations', '002.do.match-by.sql')

describe.each(ENGINES)('imports of the first release, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    database = await openDatabase({ url, dataDirectory, onError: () => undefined })
    await createConnectionRepository(database).add('default', new Uint8Array(32))
  })
  afterAll(async () => {
    await database?.close()
    await created?.remove()
  })

  test.each([
    [null, 'identity'],
    ['CRM ID', 'heap_setup'],
  ])('matched by %j go where they went', async (joinProperty, matchBy) => {
    const others = { environmentId: '11', propertyType: 'user', dryRun: false }
    const [row] = await database.query<{ id: number }>(
      `insert into imports (connection_id, sync_key, settings, environment_id, state)
       values (1, 'a', $1::jsonb, '11', 'sending') returning id`,
      [JSON.stringify({ ...others, joinProperty })],
    )
    const sql = await readFile(MIGRATION, 'utf8')
    await database.transaction((transaction) => transaction.execute(sql))
    const read = () =>
      database.query<{ settings: unknown }>('select settings from imports where id = $1', [row?.id ?? 0])
    const settings = { ...others, matchBy, syncId: null, madeFor: 'this_action' }
    expect(await read()).toEqual([{ settings }])
    await database.transaction((transaction) => transaction.execute(sql))
    expect(await read()).toEqual([{ settings }])
  })
})
