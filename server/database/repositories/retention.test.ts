import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

describe.each(ENGINES)('what is kept, on $engine', ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench | undefined

  const start = async () => {
    bench = await createTestBench({
      database,
      environment: { RETENTION_DAYS: '90', REJECTED_ROWS_DAYS: '14' },
    })
    return bench
  }
  beforeAll(async () => {
    database = await createDatabase()
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })

  test('imports for 90 days and rejected rows for 14; what is older is gone after a start', async () => {
    const before = await start()
    const ages = [1, 13, 15, 89, 91]
    for (const days of ages) {
      await before.app.database.query(
        `with entry as (
           insert into imports (connection_id, sync_key, settings, environment_id, state, received, rejected,
             title, finished_at)
           values (1, 'a', '{}', '11', 'finished', 1, 1, $1, now() - make_interval(days => $2)) returning id
         )
         insert into rejected_rows (import_id, row_number, join_key, reason)
         select id, 1, 'a@example.com', 'join_key_duplicate' from entry`,
        [`${days} days`, days],
      )
    }
    // One that is not finished is kept whatever its age.
    await before.app.database.query(
      `insert into imports (connection_id, sync_key, settings, environment_id, state, title, started_at)
       values (1, 'a', '{}', '11', 'sending', 'open', now() - interval '1 year')`,
    )
    await before.close()
    const { app } = await start()
    const kept = await waitFor(async () => {
      const rows = await app.database.query<{ title: string; rows: number }>(
        `select title, (select count(*)::int from rejected_rows where import_id = imports.id) as rows
         from imports order by id`,
      )
      // Imports are deleted first.
      return rows.length === ages.length && rows[2]?.rows === 0 && rows
    }, 'the deletion at the start')
    expect(kept).toEqual([
      { title: '1 days', rows: 1 },
      { title: '13 days', rows: 1 },
      { title: '15 days', rows: 0 },
      { title: '89 days', rows: 0 },
      { title: 'open', rows: 0 },
    ])
  })
})
