import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../database/engine/database.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { BatchQueue } from '../../database/repositories/batch-queue.ts'
import { startBatchQueue } from '../../database/repositories/batch-queue.ts'
import { createBatchRepository } from '../../database/repositories/batch-repository.ts'
import { createConnectionRepository } from '../../database/repositories/connection-repository.ts'
import { createImportRepository } from '../../database/repositories/import-repository.ts'
import { createIntakeRepository } from '../../database/repositories/intake-repository.ts'
import { joinLines } from '../../heap/entity-lines.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { TEST_SETTINGS } from '../../testing/sync-settings.ts'
import { packLines } from '../batches/batch-payload.ts'

describe.each(ENGINES)('a batch whose process was taken for dead, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database
  let queue: BatchQueue
  let imports: ReturnType<typeof createImportRepository>
  let batches: ReturnType<typeof createBatchRepository>

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    const onError = () => undefined
    database = await openDatabase({ url, dataDirectory, onError })
    queue = await startBatchQueue(database, onError)
    imports = createImportRepository(database)
    batches = createBatchRepository(database, queue)
    await createConnectionRepository(database).add('default', new Uint8Array(32))
  }, 120_000)
  afterAll(async () => {
    await queue?.stop()
    await database?.close()
    await created?.remove()
  })

  async function storeBatch(): Promise<number> {
    const { id: importId } = await imports.create({
      connectionId: 1,
      lookerInstance: null,
      sourceKey: null,
      targetKey: '[]',
      syncKey: crypto.randomUUID(),
      planId: null,
      title: null,
      settings: TEST_SETTINGS,
    })
    const payload = packLines(joinLines(['{"identity":"a","properties":{}}']))
    await createIntakeRepository(database, queue).store(importId, 1, {
      batches: [{ number: 1, entities: 1, rowRanges: '1', payload }],
      rejected: [],
      skipped: 0,
      checked: 0,
      unchanged: 0,
    })
    await imports.finishReading(importId, null, [])
    return importId
  }

  async function claim() {
    const jobs = await queue.takeJobs(10, [])
    const [batch, ...others] = await batches.claim(jobs)
    expect(others).toEqual([])
    return batch
  }

  /** What pg-boss does with a job whose heartbeat is missed. */
  const missHeartbeat = () =>
    database.query("update pgboss.job set state = 'retry', start_after = now() where state = 'active'")

  const delivered = (batch: NonNullable<Awaited<ReturnType<typeof claim>>>) =>
    batches.recordOutcomes([{ batch, delivered: 1, rejected: [], kept: null, pending: null, heapWord: null }])

  test('is counted by the process that has taken it over, once', async () => {
    const importId = await storeBatch()
    const late = await claim()
    await missHeartbeat()
    const taker = await claim()
    expect(taker).toMatchObject({ attempt: late!.attempt + 1 })
    expect(await delivered(late!)).toEqual([])
    expect(await imports.find(importId)).toMatchObject({ state: 'sending', counts: { delivered: 0 } })
    expect(await delivered(taker!)).toEqual([importId])
    expect(await imports.find(importId)).toMatchObject({ state: 'finished', counts: { delivered: 1 } })
  })

  test('comes back when the process that has taken it over dies, although the first one has ended', async () => {
    const importId = await storeBatch()
    const late = await claim()
    await missHeartbeat()
    await claim()
    await delivered(late!)
    await missHeartbeat()
    const third = await claim()
    expect(third, 'the batch is handed out again').toBeDefined()
    expect(await delivered(third!)).toEqual([importId])
  })
})
