import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import type { Database, Transaction } from './engine/database.ts'
import { SCHEMA_VERSION } from './migrate.ts'
import { openDatabase } from './open-database.ts'

const MIGRATIONS = join(import.meta.dirname, 'migrations')

/** All of ours. */
async function dropTables(transaction: Transaction): Promise<void> {
  const tables = await transaction.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'",
  )
  await transaction.execute(`drop table ${tables.map(({ name }) => name).join(', ')}`)
}

describe.each(ENGINES)('the tables, on $engine', ({ createDatabase }) => {
  let created: TestDatabase

  beforeAll(async () => {
    created = await createDatabase()
  })
  afterAll(() => created?.remove())

  async function open(): Promise<Database> {
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    return openDatabase({ url, dataDirectory, onError: () => undefined })
  }

  test('of a newer server are refused by both versions, and left as they are', async () => {
    const newer = SCHEMA_VERSION + 1
    const database = await open()
    await database.query(
      "insert into schema_migrations (version, name, md5, run_at) values ($1, 'x', 'x', now())",
      [newer],
    )
    await database.close()
    const refused = open()
    await expect(refused).rejects.toThrow(`version ${newer}`)
    await expect(refused).rejects.toThrow(
      `this server (${packageJson.version}) knows version ${SCHEMA_VERSION}`,
    )
  })
})

describe.each(ENGINES)('the tables of the first release, on $engine', ({ createDatabase }) => {
  let created: TestDatabase

  beforeAll(async () => {
    created = await createDatabase()
  })
  afterAll(() => created?.remove())

  test('keep the rows that wait, and those imports go on', async () => {
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    const open = () => openDatabase({ url, dataDirectory, onError: () => undefined })
    let database = await open()
    // Back to what the first release had made.
    await database.transaction(async (transaction) => {
      await dropTables(transaction)
      const files = (await readdir(MIGRATIONS)).filter((name) => name.startsWith('001'))
      await transaction.execute(await readFile(join(MIGRATIONS, files[0]!), 'utf8'))
      await transaction.execute('delete from schema_migrations where version > 1')
      await transaction.execute(`
        insert into connections (name, token_hash) values ('default', '\\x00');
        insert into imports (connection_id, sync_key, plan_id, title, settings, environment_id, state, received)
          values (1, 'a', '7', 'Old', '{"environmentId":"11","propertyType":"user","joinProperty":null,"dryRun":false}',
            '11', 'sending', 2);
        insert into imports (connection_id, sync_key, plan_id, title, settings, environment_id, state, received, superseded_by)
          values (1, 'a', '7', 'Replaced', '{"environmentId":"11","propertyType":"user","joinProperty":null,"dryRun":false}',
            '11', 'sending', 1, 1);
        insert into batches (import_id, number, state, entities, row_ranges, payload) values (1, 1, 'stored', 2, '1-2', '\\x00');
        insert into batches (import_id, number, state, entities, row_ranges, payload) values (2, 1, 'held', 1, '1', '\\x00')`)
    })
    await database.close()

    database = await open()
    try {
      expect(
        await database.query('select id, state, complete, target_key, sync_key from imports order by id'),
      ).toMatchObject([
        { id: 1, state: 'sending', complete: true, target_key: '["11", "user", "identity"]', sync_key: 'a' },
        { id: 2, state: 'sending', complete: true, sync_key: 'a' },
      ])
      expect(await database.query('select state, entities from batches order by import_id')).toEqual([
        { state: 'stored', entities: 2 },
        { state: 'held', entities: 1 },
      ])
    } finally {
      await database.close()
    }
  })
})
