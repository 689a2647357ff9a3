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
    await before.app.database.query(
      `insert into rejection_counts (import_id, reason, text_hash, text, count, first_rows)
       select id, 'heap_refused', word, word, 4, array[number, number + 2]
       from imports, (values ('no to a@example.com', 1), ('no to b@example.com', 2)) as said (word, number)`,
    )
    // Of the imports by their age, and one of which only the last import is left.
    await before.app.database.query(
      `insert into syncs (connection_id, sync_key, sync_id, environment_id, property_type, last_import_at)
       select 1, title, 'sync of ' || title, '11', 'user', finished_at from imports`,
    )
    await before.app.database.query(
      'update imports set sync = syncs.id from syncs where syncs.sync_key = imports.title',
    )
    await before.app.database.query(
      `insert into sync_schedules (connection_id, looker_origin, ref, schedule, told_at)
       values (1, '', 'sync of 89 days', '{}', now() - interval '1 year'),
         (1, '', 'never delivered', '{}', now() - interval '91 days'), (1, '', 'new', '{}', now())`,
    )
    await before.app.database.query(
      `insert into sync_guardrails (connection_id, looker_origin, sync_id, told_at)
       values (1, '', 'sync of 89 days', now() - interval '1 year'),
         (1, '', 'never delivered', now() - interval '91 days'), (1, '', 'new', now())`,
    )
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
      const schedules = await app.database.query(
        `select ref from sync_schedules where ref = 'never delivered'
         union all select sync_id from sync_guardrails where sync_id = 'never delivered'`,
      )
      return rows.length === ages.length && rows[2]?.rows === 0 && schedules.length === 0 && rows
    }, 'the deletion at the start')
    expect(kept).toEqual([
      { title: '1 days', rows: 1 },
      { title: '13 days', rows: 1 },
      { title: '15 days', rows: 0 },
      { title: '89 days', rows: 0 },
      { title: 'open', rows: 0 },
    ])
    expect(await app.database.query('select sync_key as key from syncs order by id')).toEqual(
      ['1 days', '13 days', '15 days', '89 days'].map((key) => ({ key })),
    )
    expect(await app.database.query('select ref from sync_schedules order by ref')).toEqual([
      { ref: 'new' },
      { ref: 'sync of 89 days' },
    ])
    expect(await app.database.query('select sync_id as id from sync_guardrails order by sync_id')).toEqual([
      { id: 'new' },
      { id: 'sync of 89 days' },
    ])
    // How many there were stays; what Heap said of them may hold a key.
    expect(
      await app.database.query(
        `select title, text, count, first_rows as rows from rejection_counts join imports on imports.id = import_id
         where title in ('13 days', '15 days') order by import_id, text`,
      ),
    ).toEqual([
      { title: '13 days', text: 'no to a@example.com', count: 4, rows: [1, 3] },
      { title: '13 days', text: 'no to b@example.com', count: 4, rows: [2, 4] },
      { title: '15 days', text: null, count: 8, rows: [1, 2, 3, 4] },
    ])
  })
})
