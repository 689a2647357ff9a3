import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../testing/engines.ts'
import { ENGINES } from '../../../testing/engines.ts'
import type { Database } from '../../engine/database.ts'
import { openDatabase } from '../../open-database.ts'
import { byKey, byRowNumber } from './rejected-row-pages.ts'

const ROWS = 50_000

describe.each(ENGINES)('pages of many rejected rows, on $engine', ({ createDatabase }) => {
  let database: TestDatabase
  let opened: Database
  beforeAll(async () => {
    database = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = database.environment
    opened = await openDatabase({ url, dataDirectory, onError: () => undefined })
    await opened.query("insert into connections (name, token_hash) values ('a', '\\x00')")
    await opened.query(
      `insert into imports (connection_id, sync_key, settings, environment_id, state)
       select 1, 'a', '{}', '11', 'reading' from generate_series(1, 3)`,
    )
    await opened.query(
      `insert into rejected_rows (import_id, row_number, join_key, reason)
       select 1 + row % 3, row, 'user' || row || '@example.com',
         case when row % 9 < 8 then 'heap_refused' else 'join_key_duplicate' end
       from generate_series(1, $1::int) as row`,
      [ROWS],
    )
    await opened.query('analyze rejected_rows')
  })
  afterAll(async () => {
    await opened?.close()
    await database?.remove()
  })

  const question = { importId: 1, most: 100 }
  const reason = 'heap_refused'
  const key = { text: 'user1', match: 'prefix' } as const
  test.each([
    ['all', byRowNumber(question)],
    ['after one', byRowNumber({ ...question, after: 40_000 })],
    ['of a reason', byRowNumber({ ...question, reason, after: 40_000 })],
    ['by the beginning of a key', byKey(question, key)],
    ['by a key and a reason, after one', byKey({ ...question, reason, after: 12 }, key)],
    ['by a whole key', byKey(question, { text: 'user3@example.com', match: 'exact' })],
  ])('are ranges of an index: %s', async (_what, { sql, values }) => {
    const rows = await opened.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).not.toContain('Seq Scan')
    expect(plan).toMatch(/Index (Only )?Scan/)
    expect(plan).not.toMatch(/Bitmap/)
    expect((await opened.query(sql, values)).length).toBeGreaterThan(0)
  })
})
