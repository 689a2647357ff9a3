import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import type { Database } from '../engine/database.ts'
import { openDatabase } from '../open-database.ts'
import { FACTS } from './guardrail-repository.ts'
import { NOTE_LATE, QUIET_SYNCS } from './late-repository.ts'

const SYNCS = 200
const IMPORTS = 20_000

describe.each(ENGINES)('of many imports, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let opened: Database
  beforeAll(async () => {
    database = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = database.environment
    opened = await openDatabase({ url, dataDirectory, onError: () => undefined })
    await opened.query("insert into connections (name, token_hash) values ('a', '\\x00')")
    await opened.query(
      `insert into syncs (connection_id, sync_key, plan_id, environment_id, property_type, last_import_at)
       select 1, sync::text, sync::text, '11', 'user', now() - interval '2 days' from generate_series(1, $1::int) sync`,
      [SYNCS],
    )
    // Half of them are of one sync.
    await opened.query(
      `insert into imports (connection_id, sync, sync_key, settings, environment_id, state, complete, started_at)
       select 1, case when one % 2 = 0 then 1 else 1 + one % $2 end, 'a', '{}', '11', 'finished', true,
         now() - make_interval(mins => $1 - one)
       from generate_series(1, $1::int) one`,
      [IMPORTS, SYNCS],
    )
    await opened.query('analyze imports')
    await opened.query('analyze syncs')
  }, 120_000)
  afterAll(async () => {
    await opened?.close()
    await database?.remove()
  })

  test.each([
    ['what is usual of a sync', FACTS, [IMPORTS]],
    ['which syncs may be late', QUIET_SYNCS, [0, 30, 62]],
    ['that one is late', NOTE_LATE, [7, '2026-01-01T00:00:00Z', new Date(), 'rhythm']],
  ])('%s is read by an index', async (_what, sql, values) => {
    const rows = await opened.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).not.toMatch(/Seq Scan on imports/)
    // Of one sync, not of all from the newest one on.
    expect(plan).toMatch(/Index (Only )?Scan using imports_of_sync/)
    expect(plan).not.toMatch(/imports_pkey on imports (whole )? ?\(/)
  })
})
