import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeEarlierTables } from '../testing/earlier-tables.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import { waitFor } from '../testing/wait-for.ts'
import type { Database } from './engine/database.ts'
import { migrate, SCHEMA_VERSION } from './migrate.ts'
import { MIGRATION_TIMING } from './migration-timing.ts'
import { MIGRATION_LOCK } from './migration-waits.ts'
import { openDatabase } from './open-database.ts'

const IMPATIENT = { lockMs: 200, pauseMs: 50, blockedMs: 700, othersMs: 700, tellMs: 60_000 }

describe('the migration of a PostgreSQL', () => {
  let created: TestDatabase
  let database: Database
  /** Somebody else with the same database open. */
  let other: pg.Client
  let waits: string[]

  beforeEach(async () => {
    created = await createPostgresDatabase()
    const url = created.environment.DATABASE_URL ?? ''
    database = await openDatabase({ url, dataDirectory: '', onError: () => undefined })
    await makeEarlierTables(database, 5)
    other = new pg.Client({ connectionString: url, application_name: 'someone else' })
    await other.connect()
    waits = []
  })
  afterEach(async () => {
    await other?.end()
    await database?.close()
    await created?.remove()
  })

  const start = (timing: Partial<typeof MIGRATION_TIMING> = {}) =>
    migrate(database, {
      onWait: ({ message }) => waits.push(message),
      timing: { ...MIGRATION_TIMING, ...IMPATIENT, ...timing },
    })

  async function version(): Promise<unknown> {
    const { rows } = await other.query('select max(version)::int as version from schema_migrations')
    return rows[0]?.version
  }

  async function processOfOther(): Promise<unknown> {
    const { rows } = await other.query('select pg_backend_pid() as pid')
    return rows[0]?.pid
  }

  test('waits for another server that does it, says so, and finds it done', async () => {
    await other.query('begin')
    await other.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const migrating = start({ othersMs: 60_000 })
    await waitFor(() => waits.length > 0, 'a word about the wait')
    expect(await version()).toBe(5)
    await other.query('commit')
    await migrating
    expect(await version()).toBe(SCHEMA_VERSION)
    expect(waits).toEqual([
      expect.stringMatching(
        new RegExp(
          `^another server \\(PostgreSQL process ${await processOfOther()} of "someone else" as user "postgres" in a transaction since \\d{4}-.+Z\\) is bringing the tables up to date$`,
        ),
      ),
    ])
  })

  test('gives up on another server that never ends, and names it', async () => {
    await other.query('begin')
    await other.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await expect(start()).rejects.toThrow(`PostgreSQL process ${await processOfOther()} of "someone else"`)
    expect(await version()).toBe(5)
  })

  test('names who keeps a table, lets others use the tables meanwhile, and goes on when it is free', async () => {
    await other.query('begin; lock table imports in access share mode')
    const migrating = start({ blockedMs: 60_000 })
    await waitFor(() => waits.length > 0, 'a word about the wait')
    // Behind a question that waits for ever nobody would get an answer.
    const [row] = await database.query<{ count: number }>('select count(*)::int as count from imports')
    expect(row?.count).toBeGreaterThan(0)
    await other.query('commit')
    await migrating
    expect(await version()).toBe(SCHEMA_VERSION)
    expect(waits[0]).toContain(
      `are in use by PostgreSQL process ${await processOfOther()} of "someone else" as user "postgres" in a transaction since`,
    )
  })

  test('gives up on who keeps a table for good, by name, and changes nothing', async () => {
    await other.query('begin; lock table imports in access share mode')
    const pid = await processOfOther()
    const migrating = start()
    await expect(migrating).rejects.toThrow(`in use by PostgreSQL process ${pid} of "someone else"`)
    await expect(migrating).rejects.toThrow('pg_terminate_backend')
    expect(await version()).toBe(5)
  })

  test('that is not needed waits for nobody', async () => {
    await start()
    await other.query('begin; lock table imports in access share mode')
    await other.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await start()
    expect(waits).toEqual([])
  })

  test('of many servers at once is done once', async () => {
    await Promise.all([start({ othersMs: 60_000 }), start({ othersMs: 60_000 }), start({ othersMs: 60_000 })])
    expect(await version()).toBe(SCHEMA_VERSION)
  })
})
