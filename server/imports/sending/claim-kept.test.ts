import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../database/engine/database.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { BatchQueue } from '../../database/repositories/batch-queue.ts'
import { startBatchQueue } from '../../database/repositories/batch-queue.ts'
import { createBatchRepository } from '../../database/repositories/batch-repository.ts'
import { createConnectionRepository } from '../../database/repositories/connection-repository.ts'
import { createImportRepository } from '../../database/repositories/import-repository.ts'
import { createIntakeRepository } from '../../database/repositories/intake-repository.ts'
import { entityLines } from '../../heap/entity-lines.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { TEST_SETTINGS } from '../../testing/sync-settings.ts'
import { createBatchBuilder } from '../batches/batch-builder.ts'
import { packLines, unpackLines } from '../batches/batch-payload.ts'
import { createKeptBatches } from '../batches/kept-batches.ts'

const LINES = ['a', 'b', 'é'].map((key) => JSON.stringify({ identity: key, properties: {} }))

describe.each(ENGINES)('a batch that this process has stored, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database
  let queue: BatchQueue

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    const onError = () => undefined
    database = await openDatabase({ url, dataDirectory, onError })
    queue = await startBatchQueue(database, onError)
    await createConnectionRepository(database).add('default', new Uint8Array(32))
  }, 120_000)
  afterAll(async () => {
    await queue?.stop()
    await database?.close()
    await created?.remove()
  })

  async function storeAndKeep() {
    const { id: importId } = await createImportRepository(database).create({
      connectionId: 1,
      lookerInstance: null,
      sourceKey: null,
      targetKey: '[]',
      syncKey: crypto.randomUUID(),
      planId: null,
      title: null,
      settings: TEST_SETTINGS,
    })
    const builder = createBatchBuilder(10)
    for (const [index, line] of LINES.entries()) builder.add(line, index + 1)
    const batch = builder.cut()!
    const packed = { ...batch, payload: packLines(batch) }
    const intake = { batches: [packed], rejected: [], skipped: 0, checked: 0, unchanged: 0 }
    await createIntakeRepository(database, queue).store(importId, 1, intake)
    const kept = createKeptBatches()
    kept.add(importId, [packed])
    return { importId, kept }
  }

  async function claim(keptOf: Parameters<ReturnType<typeof createBatchRepository>['claim']>[1]) {
    const [batch] = await createBatchRepository(database, queue).claim(await queue.takeJobs(10, []), keptOf)
    return batch!
  }

  test('is sent from memory', async () => {
    const { kept } = await storeAndKeep()
    const batch = await claim(kept.take)
    expect(entityLines(batch.bytes!, batch.entities).texts()).toEqual(LINES)
    expect(kept.bytes()).toBe(0)
  })

  test('is read by who has not kept it', async () => {
    await storeAndKeep()
    const batch = await claim(() => undefined)
    expect(batch.bytes).toBeUndefined()
    expect(unpackLines(batch.payload, batch.entities).texts()).toEqual(LINES)
  })

  test('is read when a newer import has taken rows out of it since', async () => {
    const { importId, kept } = await storeAndKeep()
    const payload = packLines(entityLines(Buffer.from(LINES[2]!), 1))
    await database.query(
      `update batches set entities = 1, row_ranges = '3', payload = decode($2, 'base64') where import_id = $1`,
      [importId, payload.toString('base64')],
    )
    const batch = await claim(kept.take)
    expect(batch).toMatchObject({ entities: 1, rowRanges: '3', bytes: undefined })
    expect(unpackLines(batch.payload, batch.entities).texts()).toEqual([LINES[2]])
  })
})
