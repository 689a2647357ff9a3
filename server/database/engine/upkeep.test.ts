import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createPgliteDirectory } from '../../testing/engines.ts'
import { openPglite } from './open-pglite.ts'
import { createUpkeep } from './upkeep.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function open() {
  const directory = await createPgliteDirectory()
  cleanups.push(directory.remove)
  const database = await openPglite(directory.environment.DATA_DIR ?? '', (error) => {
    throw error
  })
  cleanups.push(database.close)
  return database
}

describe('the embedded database, while it works', { timeout: 120_000 }, () => {
  test('lets go of its log', async () => {
    const database = await open()
    await database.query('create table payloads (number int, payload text)')
    await database.query('alter table payloads alter column payload set storage external')
    const megabyte = randomBytes(768 * 1024).toString('base64')
    const logged = 140
    for (let number = 0; number < logged; number += 1) {
      await database.query('insert into payloads values ($1, $2)', [number, megabyte])
      await database.query('delete from payloads')
    }
    const [log] = await database.query<{ megabytes: number }>(
      'select sum(size)::float8 / 1048576 as megabytes from pg_ls_waldir()',
    )
    // 32 MB until a checkpoint is due, what is written until the next look, and what is kept for use again.
    expect(log?.megabytes).toBeLessThanOrEqual(112)
    const [table] = await database.query<{ megabytes: number }>(
      "select pg_total_relation_size('payloads')::float8 / 1048576 as megabytes",
    )
    expect(table?.megabytes).toBeLessThan(100)
  })

  test('frees the space of dead rows and keeps statistics, though there is always somebody who waits', async () => {
    const database = await open()
    await database.query('create table counters (id int primary key, count int not null)')
    await database.query('insert into counters select n, 0 from generate_series(1, 20) n')
    const updates = 200
    const count = async (id: number) => {
      for (let turn = 0; turn < updates; turn += 1) {
        await database.query('update counters set count = count + 1 where id = $1', [id])
      }
    }
    await Promise.all(Array.from({ length: 20 }, (_, index) => count(index + 1)))
    expect(await database.query('select distinct count from counters')).toEqual([{ count: updates }])
    const [table] = await database.query<{ bytes: number; vacuums: number; analyzed: boolean }>(
      `select pg_relation_size(relid)::int as bytes, vacuum_count::int as vacuums,
         exists (select 1 from pg_stats where tablename = 'counters' and attname = 'id') as analyzed
       from pg_stat_user_tables where relname = 'counters'`,
    )
    expect(table?.analyzed).toBe(true)
    expect(table?.vacuums).toBeGreaterThanOrEqual(2)
    // 4,000 dead rows would take 150 kB.
    expect(table?.bytes).toBeLessThan(110_000)
  })

  test('looks for nothing while it is only read', async () => {
    const database = await open()
    await database.query('create table counters (id int primary key, count int not null)')
    await database.query('insert into counters select n, 0 from generate_series(1, 5000) n')
    const vacuums = async () =>
      (
        await database.query<{ vacuums: number }>(
          `select vacuum_count::int as vacuums from pg_stat_user_tables where relname = 'counters'`,
        )
      )[0]!.vacuums
    for (let count = 0; count < 600; count += 1) {
      await database.query(' select count from counters where id = $1', [count])
    }
    expect(await vacuums()).toBe(0)
    for (let count = 0; count < 300; count += 1) {
      await database.query('update counters set count = 1 where id = $1', [count])
    }
    // A step comes after everything that waits; reads that follow let it have its turn.
    await vi.waitFor(async () => expect(await vacuums()).toBe(1), 10_000)
  })
})

function createSteps() {
  const asked: { sql: string; answer: (rows: unknown[]) => void }[] = []
  const hurry = vi.fn()
  const onError = vi.fn()
  const upkeep = createUpkeep({
    step: (sql) => new Promise((resolve) => asked.push({ sql, answer: resolve })),
    hurry,
    onError,
  })
  return { asked, hurry, onError, upkeep }
}

describe('upkeep', () => {
  test('begins after 250 statements, or fewer large ones', () => {
    const small = createSteps()
    for (let count = 0; count < 249; count += 1) small.upkeep.count(0)
    expect(small.asked).toEqual([])
    small.upkeep.count(0)
    expect(small.asked).toHaveLength(1)
    const large = createSteps()
    for (let count = 0; count < 15; count += 1) large.upkeep.count(1024 * 1024)
    expect(large.asked).toHaveLength(1)
  })

  test('waits for others, but not for ever', () => {
    const { asked, hurry, upkeep } = createSteps()
    for (let count = 0; count < 1_000; count += 1) upkeep.count(0)
    expect(hurry).not.toHaveBeenCalled()
    upkeep.count(0)
    expect(hurry).toHaveBeenCalled()
    expect(asked).toHaveLength(1)
  })

  test('takes up nothing more once it is stopped', async () => {
    const { asked, upkeep } = createSteps()
    const tidied = upkeep.tidy()
    asked[0]?.answer([])
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    upkeep.stop()
    asked[1]?.answer([{ name: 'batches', dead: true, changed: true }])
    await tidied
    expect(asked).toHaveLength(2)
  })
})
