import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../testing/engines.ts'
import { createPgliteDirectory } from '../../testing/engines.ts'
import type { ImportRow } from '../../testing/import-row.ts'
import { keysLook } from '../../testing/keys-look.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const QUICK = Array.from({ length: 20 }, (_, index) =>
  keysLook({ id: `quick ${index}`, from: index * 10 + 1, to: index * 10 + 10 }),
)
const SLOW_QUERIES = Array.from({ length: 4 }, (_, index) =>
  keysLook(
    { id: `slow query ${index}`, from: 1, to: 10 },
    { slow: { firstByteSeconds: 8, pauseMilliseconds: 0 } },
  ),
)
const LONG = keysLook(
  { id: 'long', from: 1, to: 30_000 },
  { slow: { firstByteSeconds: 0, pauseMilliseconds: 80 } },
)

describe.each([1, 2])('with READ_CONCURRENCY=%i', (places) => {
  let database: TestDatabase
  let bench: TestBench

  beforeAll(async () => {
    database = await createPgliteDirectory()
    bench = await createTestBench({
      database,
      looks: [...QUICK, ...SLOW_QUERIES, LONG],
      environment: { READ_CONCURRENCY: String(places) },
    })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })

  const importOf = async (title: string): Promise<ImportRow | undefined> => {
    const [row] = await bench.app.database.query<ImportRow>('select * from imports where title = $1', [title])
    return row
  }

  test('four slow queries do not stop twenty quick Looks', async () => {
    let slowDone = 0
    const slow = SLOW_QUERIES.map(async ({ id }) => {
      await bench.looker.deliver(id)
      slowDone += 1
    })
    await waitFor(async () => (await importOf('slow query 3')) !== undefined, 'the slow deliveries')
    const records = await Promise.all(QUICK.map(({ id }) => bench.looker.deliver(id)))
    expect(records.every(({ status }) => status === 'success')).toBe(true)
    expect(slowDone).toBe(0)
    await Promise.all(slow)
  })

  test('a delivery is read beside a long one only when there is a place for it', async () => {
    const long = bench.looker.deliver('long')
    await waitFor(async () => ((await importOf('long'))?.received ?? 0) > 0, 'the first rows of the long one')
    expect((await bench.looker.deliver('quick 0')).status).toBe('success')
    expect((await importOf('long'))?.state === 'reading').toBe(places > 1)
    await long
  })
})
