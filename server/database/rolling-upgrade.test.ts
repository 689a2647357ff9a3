import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeEarlierTables } from '../testing/earlier-tables.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import type { Database } from './engine/database.ts'
import { migrate, SCHEMA_VERSION } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { createImportRepository } from './repositories/import-repository.ts'

const STATEMENTS = join(import.meta.dirname, '../testing/previous-statements.json')

/** A checkout or an unpacked package of the previous release, with its dependencies. */
const PREVIOUS = process.env.PREVIOUS_RELEASE

type Column = { table: string; name: string; type: string; may_be_left_out: boolean }

// While servers are replaced one after the other, those of the previous release work on the tables of the new
// one. Its code is not here; what it asks of the database is.
describe('tables that a newer server has brought up to date, for a server of the previous release', () => {
  let created: TestDatabase
  let database: Database
  let previous: { schema: number; statements: string[] }
  let before: Column[]
  let after: Column[]

  const readColumns = () =>
    database.query<Column>(
      `select table_name as "table", column_name as name, data_type as type,
         is_nullable = 'YES' or column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS'
           as may_be_left_out
       from information_schema.columns where table_schema = 'public'`,
    )

  beforeAll(async () => {
    previous = JSON.parse(await readFile(STATEMENTS, 'utf8'))
    created = await createPostgresDatabase()
    const url = created.environment.DATABASE_URL
    database = await openDatabase({ url, dataDirectory: '', onError: () => undefined })
    await makeEarlierTables(database, previous.schema)
    before = await readColumns()
    await migrate(database)
    after = await readColumns()
  })
  afterAll(async () => {
    await database?.close()
    await created?.remove()
  })

  test('take every statement that it makes', async () => {
    expect(previous.statements.length).toBeGreaterThan(100)
    const refused: string[] = []
    for (const [index, statement] of previous.statements.entries()) {
      await database.query(`prepare previous_${index} as ${statement}`).catch((error: Error) => {
        refused.push(`${error.message}: ${statement}`)
      })
    }
    expect(refused).toEqual([])
  })

  test('have all columns that it knows, of the same types', () => {
    const kept = new Map(after.map(({ table, name, type }) => [`${table}.${name}`, type]))
    for (const { table, name, type } of before)
      expect([name, kept.get(`${table}.${name}`)]).toEqual([name, type])
  })

  test('do not let it send what waits for somebody to decide', async () => {
    const release = previous.statements.find((statement) =>
      statement.startsWith("update batches set state = 'stored' where import_id = $1 and number in"),
    )
    const [held] = await database.query<{ id: number }>(
      "select import_id as id from batches where state = 'held' limit 1",
    )
    const letGo = () => database.query(release ?? '', [held?.id ?? 0, 200])
    await database.query('update imports set holds = true where id = $1', [held?.id ?? 0])
    await expect(letGo()).rejects.toThrow(`import ${held?.id} waits for somebody to decide`)
    await database.query('update imports set holds = false where id = $1', [held?.id ?? 0])
    expect(await letGo()).toHaveLength(1)
  })

  test('tell a newer server of imports whose last row it has decided without counting the unchanged ones', async () => {
    const decide = previous.statements.find((statement) => statement.startsWith('with counted as ('))
    const [open] = await database.query<{ id: number }>(
      `update imports set state = 'sending', unchanged = received - delivered - rejected - skipped - superseded - 1
       where id = (select id from imports where received - delivered - rejected - skipped - superseded > 1 limit 1)
       returning id`,
    )
    const decided = await database.query<{ finished: boolean }>(decide ?? '', [
      [open?.id ?? 0],
      [1],
      [0],
      [0],
      [0],
      [null],
    ])
    expect(decided).toMatchObject([{ finished: false }])
    const { finishDecided } = createImportRepository(database)
    expect(await finishDecided()).toEqual([open?.id ?? 0])
    expect(await finishDecided()).toEqual([])
  })

  test('want no value that it does not give', () => {
    const known = new Set(before.map(({ table, name }) => `${table}.${name}`))
    const tables = new Set(before.map(({ table }) => table))
    const demanded = after.filter(
      ({ table, name, may_be_left_out }) =>
        tables.has(table) && !known.has(`${table}.${name}`) && !may_be_left_out,
    )
    expect(demanded).toEqual([])
  })
})

describe.runIf(PREVIOUS)('a server of the previous release and one of this', () => {
  const cleanups: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })

  test('work side by side on one database until the old one is stopped', { timeout: 600_000 }, async () => {
    const script = pathToFileURL(join(PREVIOUS ?? '', 'server/main.ts'))
    const database = await createPostgresDatabase()
    cleanups.push(database.remove)
    const looks = [1, 2, 3, 4].map((id) =>
      sampleLook({
        id: String(id),
        rows: () => users(2_000, id * 10_000),
        slow: { firstByteSeconds: 0, pauseMilliseconds: 20 },
      }),
    )
    const bench = await createProcessBench({
      database,
      looks,
      servers: 2,
      environment: { HEAP_BATCH_SIZE: '100' },
    })
    cleanups.push(bench.close)
    const delivered = async (id: string, index: number) => {
      const { status, message } = await bench.looker(index).deliver(id)
      expect({ status, message }).toEqual({
        status: 'success',
        message: 'Imported 2,000 of 2,000 rows into Heap environment 11.',
      })
    }
    const old = await bench.start(0, {}, script)
    // It reads and sends while the new one changes the tables.
    const during = delivered('1', 0)
    await bench.start(1)
    await during
    await Promise.all([delivered('2', 0), delivered('3', 1)])
    expect(await old.end('SIGTERM')).toBe(0)
    await delivered('4', 1)
    expect(bench.heap.users('11').size).toBe(8_000)
    const version = await bench.withDatabase((opened) =>
      opened.query('select max(version)::int as version from schema_migrations'),
    )
    expect(version).toEqual([{ version: SCHEMA_VERSION }])
  })
})
