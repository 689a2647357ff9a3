import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEarlierTables } from '../testing/earlier-tables.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import type { Database, SqlRow } from './engine/database.ts'
import { migrate, SCHEMA_VERSION } from './migrate.ts'
import { openDatabase } from './open-database.ts'

const EARLIER = Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => index + 1)

/** All that tables are made of; the order of columns tells by which way they came. */
async function describeTables(database: Database): Promise<SqlRow[]> {
  return database.query(
    `select 'column' as kind, table_name as "table", column_name as name,
       concat_ws(' ', data_type, is_nullable, column_default, is_identity, generation_expression) as definition
     from information_schema.columns where table_schema = 'public'
     union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
     union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
       from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
     union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
       from pg_trigger where not tgisinternal and tgrelid::regclass::text not like 'pgboss.%'
     order by 1, 2, 3`,
  )
}

/** How many rows each table has. */
async function countRows(database: Database): Promise<Record<string, number>> {
  const tables = await database.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'",
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await database.query<{ count: number }>(`select count(*)::int as count from ${name}`)
    counts[name] = row?.count ?? 0
  }
  return counts
}

describe.each(ENGINES)('tables of an earlier version, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database
  let fresh: SqlRow[]

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    database = await openDatabase({ url, dataDirectory, onError: () => undefined })
    fresh = await describeTables(database)
  })
  afterAll(async () => {
    await database?.close()
    await created?.remove()
  })

  test.each(EARLIER)('%i become those of a new database and keep their rows', async (version) => {
    await makeEarlierTables(database, version)
    const before = await countRows(database)
    // A migration that makes a table brings rows for it: server/testing/earlier-rows.
    expect(Object.keys(before).filter((table) => before[table] === 0)).toEqual([])
    const imports =
      'select id, state, received, delivered, rejected, skipped, superseded from imports order by id'
    const counts = await database.query(imports)

    await migrate(database)

    expect(await describeTables(database)).toEqual(fresh)
    expect(await countRows(database)).toMatchObject(before)
    expect(await database.query(imports)).toEqual(counts)
    expect(await database.query('select id from imports where sync is null')).toEqual([])
  })
})
