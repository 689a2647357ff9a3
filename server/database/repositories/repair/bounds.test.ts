import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { hashToken } from '../../../connections/token.ts'
import type { TestDatabase } from '../../../testing/engines.ts'
import { ENGINES } from '../../../testing/engines.ts'
import type { Database } from '../../engine/database.ts'
import { openDatabase } from '../../open-database.ts'
import { createConnectionRepository } from '../connection-repository.ts'
import { createSyncAlertRepository } from '../sync-alert-repository.ts'
import { createSyncRepository } from '../sync-repository.ts'
import { deleteOldSyncs } from '../sync-state.ts'
import { hasRoom, MOST_WAITING } from '../waiting-refs.ts'
import { COUNT_AGAIN_MS } from './kept-bytes.ts'
import { keepLines } from './kept-lines.ts'
import { createKeyRepository } from './key-repository.ts'

const ORIGIN = 'https://acme.cloud.looker.com'
const CALLER = { connectionId: 1, origin: ORIGIN }
const SCHEDULE = { crontab: '0 6 * * *', timeZone: 'UTC' }

describe.each(ENGINES)('what is kept is bounded, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database
  let statements: string[] = []

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    database = await openDatabase({ url, dataDirectory, onError: () => undefined })
    await createConnectionRepository(database).add('default', hashToken('x'))
  })
  afterAll(async () => {
    await database?.close()
    await created?.remove()
  })
  afterEach(() => {
    vi.useRealTimers()
    statements = []
  })

  async function addImport(): Promise<number> {
    const [row] = await database.query<{ id: number }>(
      `insert into imports (connection_id, sync_key, settings, environment_id, state)
       values (1, 'key', '{}', '11', 'finished') returning id`,
    )
    return row!.id
  }
  /** A database of its own, as another process has it, that notes the statements of its transactions. */
  const another = (): Database => ({
    ...database,
    transaction: (work) =>
      database.transaction((transaction) =>
        work({
          ...transaction,
          query: (sql, values) => {
            statements.push(sql)
            return transaction.query(sql, values)
          },
        }),
      ),
  })
  const group = (importId: number, bytes: number) => ({
    importId,
    entities: 2,
    rowRanges: '1-2',
    payload: new Uint8Array(bytes),
  })
  const keep = (on: Database, importId: number, bytes: number, most: number) =>
    on.transaction((transaction) => keepLines(transaction, on, [group(importId, bytes)], most))
  const kept = async () =>
    (
      await database.query<{ bytes: number }>('select coalesce(sum(bytes), 0)::int as bytes from kept_lines')
    )[0]!.bytes
  const unkept = async (id: number) =>
    (await database.query<{ unkept: number }>('select unkept from imports where id = $1', [id]))[0]!.unkept

  test('lines of rejected rows: what has no room is counted, and there is room again', async () => {
    const id = await addImport()
    const own = another()
    vi.useFakeTimers({ toFake: ['performance'] })
    for (let count = 0; count < 5; count += 1) await keep(own, id, 100, 250)
    expect({ kept: await kept(), unkept: await unkept(id) }).toEqual({ kept: 200, unkept: 6 })
    // A smaller one still fits.
    await keep(own, id, 50, 250)
    expect(await kept()).toBe(250)
    // All was counted once.
    expect(statements.filter((sql) => sql.includes('sum(bytes)'))).toHaveLength(1)
    // What another process keeps is seen after a while, and so is what is deleted.
    await keep(another(), id, 100, 350)
    await database.query('delete from kept_lines where bytes <> 50')
    await keep(own, id, 100, 250)
    expect(await kept()).toBe(50)
    vi.advanceTimersByTime(COUNT_AGAIN_MS * 2)
    await keep(own, id, 100, 250)
    expect(await kept()).toBe(150)
    await database.query('delete from kept_lines')
  })

  test('hashes of keys: an import without room is not told, so that nothing before it is retried', async () => {
    const [one, other] = [await addImport(), await addImport()]
    const keys = createKeyRepository(database, 250)
    const told = async (id: number) =>
      (
        await database.query<{ told: boolean }>('select keys_told as told from imports where id = $1', [id])
      )[0]!.told
    const stored = (bytes: number) => ({ hashKey: new Uint8Array(8), parts: [new Uint8Array(bytes)] })
    await keys.tell(one, stored(200))
    await keys.tell(other, stored(100))
    expect([await told(one), await told(other)]).toEqual([true, false])
    expect(await keys.part(other, 0)).toBeUndefined()
    await keys.drop(one)
    await keys.tell(other, stored(100))
    expect(await told(other)).toBe(true)
    await keys.drop(other)
  })

  test('what is told of syncs that have not delivered: one too many is refused, until some have', async () => {
    const syncs = createSyncRepository(database)
    const alerts = createSyncAlertRepository(database)
    const receivers = { webhook: null, slackUrl: 'https://hooks.slack.com/services/x' }
    const idOf = (number: number) => `sync-that-waits-${number}`
    await database.query(
      `insert into sync_schedules (connection_id, looker_origin, ref, schedule)
       select 1, $1, case when number % 2 = 0 then 'plan:' || number else 'sync-that-waits-' || number end, '{}'
       from generate_series(1, $2::int) as number`,
      [ORIGIN, MOST_WAITING],
    )
    await database.query(
      `insert into sync_alerts (connection_id, looker_origin, sync_id, slack_url)
       select 1, $1, 'sync-that-waits-' || number, 'https://x' from generate_series(1, $2::int) as number`,
      [ORIGIN, MOST_WAITING],
    )
    const more = async () => [
      await syncs.tellSchedule(CALLER, { kind: 'plan', planId: 'new' }, SCHEDULE),
      await alerts.save(CALLER, idOf(0), receivers),
    ]
    expect(await more()).toEqual([false, false])
    // What is known can be changed, and taken away.
    expect(await syncs.tellSchedule(CALLER, { kind: 'plan', planId: '2' }, SCHEDULE)).toBe(true)
    expect(await alerts.save(CALLER, idOf(1), receivers)).toBe(true)
    expect(await alerts.find(CALLER, idOf(1))).toEqual(receivers)
    // Another connection has room of its own.
    await createConnectionRepository(database).add('other', hashToken('y'))
    const [other] = await database.query<{ id: number }>("select id from connections where name = 'other'")
    const elsewhere = { ...CALLER, connectionId: other!.id }
    expect(await syncs.tellSchedule(elsewhere, { kind: 'plan', planId: 'new' }, SCHEDULE)).toBe(true)
    await database.query(
      `insert into syncs (connection_id, sync_key, looker_origin, sync_id, plan_id, environment_id, property_type)
       values (1, 'a', $1, $2, null, '11', 'user'), (1, 'b', $1, null, '4', '11', 'user')`,
      [ORIGIN, idOf(3)],
    )
    expect(await more()).toEqual([true, true])
    expect(await alerts.save(CALLER, idOf(MOST_WAITING + 1), receivers)).toBe(false)
    const both = await Promise.all(
      ['x', 'y', 'z'].map((planId) => syncs.tellSchedule(CALLER, { kind: 'plan', planId }, SCHEDULE)),
    )
    expect(both.filter(Boolean)).toHaveLength(1)
  })

  test('and it is forgotten after some time, but not that of a sync', async () => {
    await database.query("update sync_schedules set told_at = now() - interval '101 days'")
    await database.query("update sync_alerts set set_at = now() - interval '99 days'")
    await deleteOldSyncs(database, 3_650)
    const refs = async () =>
      (await database.query<{ ref: string }>('select ref from sync_schedules order by ref')).map(
        ({ ref }) => ref,
      )
    expect(await refs()).toEqual(['plan:4', 'sync-that-waits-3'])
    const ids = async () => (await database.query('select sync_id from sync_alerts')).length
    expect(await ids()).toBe(MOST_WAITING + 1)
    await database.query("update sync_alerts set set_at = now() - interval '101 days'")
    await deleteOldSyncs(database, 3_650)
    expect(await ids()).toBe(1)
    expect(await database.transaction((transaction) => hasRoom(transaction, 'sync_alerts', 1))).toBe(true)
  })
})
