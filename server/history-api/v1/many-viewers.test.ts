import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportDetailSchema } from '../../../shared/api/import-detail.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { createApiClient } from '../../testing/api-client.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { createPgliteDirectory } from '../../testing/engines.ts'
import { sampleLook, users } from '../../testing/sample-look.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../../testing/test-bench.ts'

const REJECTED = 300_000
const VIEWERS = 5

/** Rows that are made by one statement. */
const PART = 25_000

const REF = 'many-viewers-sync-01'

/** Fewer than a viewer would ask for in a quarter of an hour, at one question in five seconds. */
const ROUNDS = 6

let database: TestDatabase
let bench: TestBench
let client: ApiClient
let id = 0

// Only the embedded database has one session that everybody shares.
beforeAll(async () => {
  database = await createPgliteDirectory()
  bench = await createTestBench({ database, looks: [sampleLook({ rows: () => users(200) })] })
  const origin = bench.app.config.lookerOrigins[0] ?? ''
  const [sync] = await bench.app.database.query<{ id: number }>(
    `insert into syncs (connection_id, sync_key, looker_origin, sync_id, title, environment_id, property_type)
     values (1, 'viewed', $1, $2, 'Viewed', '11', 'user') returning id`,
    [origin, REF],
  )
  const [row] = await bench.app.database.query<{ id: number }>(
    `insert into imports (connection_id, sync, sync_key, sync_id, settings, environment_id, state, complete, received,
       rejected, finished_at)
     values (1, $1, 'viewed', $2,
       '{"environmentId":"11","propertyType":"user","matchBy":"identity","joinKeyColumn":"users.email","dryRun":false,"maxRejectedPercent":5,"propertyNames":{"rename":{},"exclude":[]},"madeFor":"this_action"}',
       '11', 'finished', true, $3, $3, now()) returning id`,
    [sync?.id ?? 0, REF, REJECTED],
  )
  id = row?.id ?? 0
  for (let from = 1; from <= REJECTED; from += PART) {
    await bench.app.database.query(
      `insert into rejected_rows (import_id, row_number, join_key, reason, text)
       select $1, row, 'person' || row || '@example.com', 'heap_refused', 'Heap says no ' || row % 40
       from generate_series($2::int, $2::int + $3::int - 1) as row`,
      [id, from, PART],
    )
  }
  await bench.app.database.query(
    `insert into rejection_counts (import_id, reason, text_hash, text, count, first_rows)
     select $1, 'heap_refused', md5('Heap says no ' || text), 'Heap says no ' || text, $2::int / 40, array[text, text + 40]
     from generate_series(0, 39) as text`,
    [id, REJECTED],
  )
  client = await createApiClient(bench.url, TOKEN, origin)
}, 900_000)
afterAll(async () => {
  await bench?.close()
  await database?.remove()
})

test('five viewers of an import with 300,000 rejected rows leave the server ready, and deliveries go on', {
  timeout: 600_000,
}, async () => {
  let watching = true
  const readiness: number[] = []
  async function watchReadiness(): Promise<void> {
    while (watching) {
      readiness.push((await fetch(`${bench.url}/readyz`)).status)
      await sleep(50)
    }
  }

  async function view(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const detail = await client.get(`/imports/${id}?sync=${REF}`, ImportDetailSchema)
      expect(detail.counts.rejected).toBe(REJECTED)
      expect(detail.rejections.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0)
      const rows = `/imports/${id}/rejected-rows?sync=${REF}`
      for (const more of ['', '&cursor=250000', '&reason=heap_refused&cursor=290000', '&key=person2999']) {
        expect((await client.call(`${rows}${more}`)).status).toBe(200)
      }
    }
  }

  const watcher = watchReadiness()
  const [delivery] = await Promise.all([bench.looker.deliver('1'), ...Array.from({ length: VIEWERS }, view)])
  watching = false
  await watcher
  expect(delivery.status).toBe('success')
  expect(readiness.filter((status) => status !== 200)).toEqual([])
  expect(readiness.length).toBeGreaterThan(0)
})
