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
  const functions = await transaction.query<{ name: string }>(
    "select oid::regprocedure::text as name from pg_proc where pronamespace = 'public'::regnamespace",
  )
  for (const { name } of functions) await transaction.execute(`drop function if exists ${name} cascade`)
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

describe.each(ENGINES)('the tables of the release before syncs, on $engine', ({ createDatabase }) => {
  let created: TestDatabase

  beforeAll(async () => {
    created = await createDatabase()
  })
  afterAll(() => created?.remove())

  test('become syncs with the state of their imports, and rejected rows are counted', async () => {
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    const open = () => openDatabase({ url, dataDirectory, onError: () => undefined })
    let database = await open()
    await database.transaction(async (transaction) => {
      await dropTables(transaction)
      for (const file of (await readdir(MIGRATIONS)).filter((name) => name < '006').sort()) {
        await transaction.execute(await readFile(join(MIGRATIONS, file), 'utf8'))
      }
      await transaction.execute('delete from schema_migrations where version > 5')
      await transaction.execute(`
        insert into connections (name, token_hash) values ('default', '\\x00');
        insert into imports (connection_id, sync_key, looker_instance, sync_id, plan_id, title, settings,
          environment_id, state, failure, complete, received, delivered, rejected, started_at, finished_at)
        select 1, key, 'i', nullif(id, ''), '7', title, settings::jsonb, '11', state, failure, true, received,
          delivered, rejected, start::timestamptz, finish::timestamptz
        from (values
          ('a', 'sync-id-0123456789', 'A1', 'finished', null, 5, 5, 0, '2026-11-01Z', '2026-11-01 00:01Z', '{}'),
          ('a', 'sync-id-0123456789', 'A2', 'finished', 'gone', 0, 0, 0, '2026-11-02Z', '2026-11-02 00:01Z', '{}'),
          ('a', 'sync-id-0123456789', 'A3', 'finished', null, 4, 2, 2, '2026-11-03Z', '2026-11-03 00:01Z', '{}'),
          ('a', 'sync-id-0123456789', 'A4', 'sending', null, 4, 0, 0, '2026-11-04Z', null,
            '{"propertyType":"account"}'),
          ('b', '', 'B', 'finished', null, 100, 98, 2, '2026-11-03Z', '2026-11-03 00:01Z',
            '{"maxRejectedPercent":2}'),
          ('c', '', 'C', 'reading', null, 0, 0, 0, '2026-11-05Z', null, '{}')
        ) as old (key, id, title, state, failure, received, delivered, rejected, start, finish, settings);
        insert into rejected_rows (import_id, row_number, reason, text)
        select 3, number, 'heap_refused', case when number < 8 then 'no' else 'never' end
        from generate_series(1, 10) as number`)
    })
    await database.close()

    database = await open()
    try {
      const times = `to_char(state_since at time zone 'UTC', 'MM-DD HH24:MI') as since,
        to_char(last_success_at at time zone 'UTC', 'MM-DD HH24:MI') as success`
      expect(
        await database.query(
          `select sync_key as key, sync_id as id, plan_id as plan, title, property_type as type, looker_origin as origin,
             last_ended as ended, state, ${times},
             (select count(*)::int from imports where imports.sync = syncs.id) as imports
           from syncs order by sync_key`,
        ),
      ).toEqual([
        {
          ...{ key: 'a', id: 'sync-id-0123456789', plan: '7', title: 'A4', type: 'account', origin: '' },
          ...{ ended: 3, state: 'failing', since: '11-02 00:01', success: '11-01 00:01', imports: 4 },
        },
        {
          ...{ key: 'b', id: null, plan: '7', title: 'B', type: 'user', origin: '' },
          ...{ ended: 5, state: 'rejected_rows', since: '11-03 00:01', success: '11-03 00:01', imports: 1 },
        },
        {
          ...{ key: 'c', id: null, plan: '7', title: 'C', type: 'user', origin: '' },
          ...{ ended: null, state: null, since: null, success: null, imports: 1 },
        },
      ])
      expect(
        await database.query(
          'select import_id, reason, text, count, first_rows from rejection_counts order by count desc',
        ),
      ).toEqual([
        { import_id: 3, reason: 'heap_refused', text: 'no', count: 7, first_rows: [1, 2, 3, 4, 5] },
        { import_id: 3, reason: 'heap_refused', text: 'never', count: 3, first_rows: [8, 9, 10] },
      ])
    } finally {
      await database.close()
    }
  })
})
