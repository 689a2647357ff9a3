import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import type { Database } from '../engine/database.ts'
import { openDatabase } from '../open-database.ts'
import type { BatchQueue } from './batch-queue.ts'
import { startBatchQueue } from './batch-queue.ts'
import { createConnectionRepository } from './connection-repository.ts'
import type { HeapDenial, HeapWord } from './heap-denials.ts'
import { recordHeapWords } from './heap-denials.ts'
import { createImportRepository } from './import-repository.ts'

const denied = (status = 403): HeapWord => ({
  answered: false,
  denial: { status, text: `HTTP ${status} no\0` },
})
const ANSWERED: HeapWord = { answered: true, denial: null }
const SICK: HeapWord = { answered: false, denial: null }

describe.each(ENGINES)('denials of an environment, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database
  let queue: BatchQueue
  let imports: ReturnType<typeof createImportRepository>

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    const onError = () => undefined
    database = await openDatabase({ url, dataDirectory, onError })
    queue = await startBatchQueue(database, onError)
    imports = createImportRepository(database)
    await createConnectionRepository(database).add('default', new Uint8Array(32))
  }, 120_000)
  beforeEach(() => database.query('delete from heap_denials'))
  afterAll(async () => {
    await queue?.stop()
    await database?.close()
    await created?.remove()
  })

  async function openImport(environmentId = '11'): Promise<number> {
    const { id } = await imports.create({
      connectionId: 1,
      lookerInstance: null,
      sourceKey: null,
      targetKey: '[]',
      syncKey: crypto.randomUUID(),
      planId: null,
      title: null,
      settings: {
        environmentId,
        propertyType: 'user',
        joinKeyColumn: 'users.email',
        matchBy: 'identity',
        emptyValue: '',
        testRows: null,
        send: 'all',
        syncId: null,
        madeFor: 'this_action',
        dryRun: false,
        maxRejectedPercent: 0,
        propertyNames: { rename: {}, exclude: [] },
      },
    })
    return id
  }

  /** What was said in one transaction, in this order. */
  const record = (...words: (HeapWord | null)[]) =>
    database.transaction((transaction) =>
      recordHeapWords(
        transaction,
        words.map((heapWord) => ({ batch: { job: { environmentId: '11' } }, heapWord })),
      ),
    )
  const denialOf = async (importId: number): Promise<HeapDenial | null> =>
    (await imports.find(importId))?.denial ?? null
  const age = (column: 'since' | 'last_at', by: string) =>
    database.query(`update heap_denials set ${column} = now() - interval '${by}'`)

  test('are told to its imports that are not finished', async () => {
    const importId = await openImport()
    const other = await openImport('12')
    expect(await denialOf(importId)).toBeNull()
    await record(denied())
    const denial = await denialOf(importId)
    expect(denial).toMatchObject({ status: 403, text: 'HTTP 403 no\uFFFD' })
    expect(Math.abs(Date.now() - Date.parse(denial!.since))).toBeLessThan(60_000)
    expect(denial!.forMs).toBeGreaterThanOrEqual(0)
    expect(denial!.forMs).toBeLessThan(60_000)
    expect(await denialOf(other)).toBeNull()
    await imports.finishReading(importId, null, [])
    expect(await denialOf(importId)).toBeNull()
  })

  test('count from the first one, and tell the last one', async () => {
    const importId = await openImport()
    await record(denied())
    await age('since', '20 minutes')
    await record(denied(404), SICK, null)
    expect(await denialOf(importId)).toMatchObject({ status: 404 })
    expect((await denialOf(importId))!.forMs).toBeGreaterThan(19 * 60_000)
  })

  test('end when Heap takes or judges rows', async () => {
    const importId = await openImport()
    await record(denied())
    await record(denied(), ANSWERED)
    expect(await denialOf(importId)).toBeNull()
  })

  test.each([
    { name: 'after an answer', words: [ANSWERED, denied()] },
    { name: 'after an answer of the same turn', words: [{ ...denied(), answered: true }] },
    { name: 'between answers', words: [denied(), ANSWERED, denied()] },
  ])('begin anew $name', async ({ words }) => {
    const importId = await openImport()
    await record(denied())
    await age('since', '20 minutes')
    await record(...words)
    expect((await denialOf(importId))!.forMs).toBeLessThan(60_000)
  })

  test('begin anew after days without one', async () => {
    const importId = await openImport()
    await record(denied())
    await age('since', '9 days')
    await age('last_at', '7 days')
    await record(denied())
    expect((await denialOf(importId))!.forMs).toBeLessThan(60_000)
  })

  test('of before do not concern an import that has not met one', async () => {
    await record(denied())
    await age('since', '20 minutes')
    await age('last_at', '10 minutes')
    const importId = await openImport()
    expect(await denialOf(importId)).toBeNull()
    await record(denied())
    expect((await denialOf(importId))!.forMs).toBeGreaterThan(19 * 60_000)
  })
})
