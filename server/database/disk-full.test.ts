import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const ROWS = 4_000

/** Lets every write of a table fail as PostgreSQL does when the disk has no room, and counts them. */
const FULL = [
  'create sequence if not exists writes_in_vain',
  `create or replace function no_room() returns trigger language plpgsql as $$
     begin
       -- A sequence is not rolled back.
       perform nextval('writes_in_vain');
       raise exception 'could not extend file: No space left on device' using errcode = '53100';
     end $$`,
  'create trigger no_room before insert or update on batches for each row execute function no_room()',
]
const EMPTIED = ['drop trigger no_room on batches']

describe.each(ENGINES)('a full disk under $engine', ({ createDatabase }) => {
  async function createBench(patienceMs: number, pauseMilliseconds: number) {
    const database = await createDatabase()
    cleanups.push(database.remove)
    const bench = await createTestBench({
      database,
      environment: { HEAP_BATCH_SIZE: '250' },
      looks: [sampleLook({ rows: () => users(ROWS), slow: { firstByteSeconds: 0, pauseMilliseconds } })],
      app: { databaseTiming: { patienceMs } },
    })
    cleanups.push(bench.close)
    const run = async (script: string[]) => {
      for (const statement of script) await bench.app.database.query(statement)
    }
    return { bench, run }
  }

  test('that gets room again loses nothing', { timeout: 120_000 }, async () => {
    const { bench, run } = await createBench(90_000, 100)
    const delivery = bench.looker.deliver('1')
    await waitFor(() => bench.heap.users('11').size > 0, 'the first users')
    await run(FULL)
    await waitFor(async () => {
      const [row] = await bench.app.database.query<{ count: number }>(
        'select last_value::int as count from writes_in_vain where is_called',
      )
      return row && row.count >= 2
    }, 'a second write in vain')
    await run(EMPTIED)
    const { status, message } = await delivery
    expect({ status, message }).toEqual({
      status: 'success',
      message: 'Imported 4,000 of 4,000 rows into Heap environment 11.',
    })
    expect(bench.heap.users('11').size).toBe(ROWS)
    expect(await bench.newestImport()).toMatchObject({ received: ROWS, delivered: ROWS, rejected: 0 })
  })

  test('that stays full is a clear failure, and what had come is not lost', {
    timeout: 120_000,
  }, async () => {
    const { bench, run } = await createBench(500, 2_000)
    const delivery = bench.looker.deliver('1')
    await waitFor(() => bench.heap.users('11').size > 0, 'the first users')
    await run(FULL)
    const { status, message } = await delivery
    expect(status).toBe('failure')
    expect(message).toContain('has no room')
    await run(EMPTIED)
    await waitFor(
      async () => {
        const { received } = await bench.newestImport()
        return bench.heap.users('11').size === received
      },
      'all stored rows in Heap',
      60_000,
    )
  })
})
