import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashToken } from '../../../server/connections/token.ts'
import type { Database } from '../../../server/database/engine/database.ts'
import { openDatabase } from '../../../server/database/open-database.ts'
import { createConnectionRepository } from '../../../server/database/repositories/connection-repository.ts'
import { createHistoryRepository } from '../../../server/database/repositories/history-repository.ts'
import { createImportRepository } from '../../../server/database/repositories/import-repository.ts'
import { createSyncRepository } from '../../../server/database/repositories/sync-repository.ts'
import type { TestDatabase } from '../../../server/testing/engines.ts'
import { ENGINES } from '../../../server/testing/engines.ts'
import { IMPORT_FILTERS } from '../../../shared/api/sync-imports.ts'
import type { SyncRef } from '../../../shared/api/sync-ref.ts'
import { fillHistory, syncIdOf } from './fill-history.ts'
import { scannedTables, withPlans } from './read-plans.ts'

const ORIGIN = 'https://acme.cloud.looker.com'
const CALLER = { connectionId: 1, origin: ORIGIN }

describe.each(ENGINES)('a large history, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    database = await openDatabase({ url, dataDirectory, onError: () => undefined })
    await createConnectionRepository(database).add('default', hashToken('x'))
    await fillHistory(database, { syncs: 2_000, imports: 10_000, rejectedRows: 30_000, origin: ORIGIN })
  }, 120_000)
  afterAll(async () => {
    await database?.close()
    await created?.remove()
  })

  test('is read by indexes only', async () => {
    const { plans, database: explained } = withPlans(database)
    const history = createHistoryRepository(explained)
    const syncs = createSyncRepository(explained)
    const refs: SyncRef[] = Array.from({ length: 100 }, (_, index) => ({
      kind: 'sync_id',
      syncId: syncIdOf(index + 1),
    }))
    const found = await syncs.find(CALLER, [...refs, { kind: 'plan', planId: '7' }])
    expect(found.filter(Boolean)).toHaveLength(100)
    const ids = found.flatMap((sync) => sync?.id ?? [])
    await syncs.recentImports(ids)
    // As if none of them were whole.
    await syncs.wholeRows(
      ids,
      (await syncs.recentImports(ids)).map((entry) => ({ ...entry, isWhole: false })),
    )
    const named = { ref: refs[0]!, plan: '7' }
    expect(await history.knows(CALLER, named)).toBe(true)
    const after = { startedAt: Date.now() * 1_000, id: 5_000 }
    for (const filter of [null, ...IMPORT_FILTERS]) {
      for (const place of [null, after]) {
        const from = new Date(Date.now() - 7 * 24 * 3_600_000)
        await history.page(CALLER, named, { after: place, limit: 20, filter, from: null, to: null })
        await history.page(CALLER, named, { after: place, limit: 20, filter, from, to: new Date() })
      }
    }
    const [newest] = await history.page(CALLER, named, {
      after: null,
      limit: 1,
      filter: null,
      from: null,
      to: null,
    })
    expect(await history.find(CALLER, newest!.id, named)).toBeDefined()
    await history.facts(newest!.id)
    await createImportRepository(explained).rejections(1)
    expect(plans.length).toBeGreaterThan(25)
    expect(
      scannedTables(plans),
      plans.filter((plan) => scannedTables([plan]).length > 0).join('\n\n'),
    ).toEqual([])
  })

  test('would not pass if one of its tables were read from end to end', async () => {
    const { plans, database: explained } = withPlans(database)
    await explained.query("select count(*) from imports where title like '%x%'")
    expect(scannedTables(plans)).toEqual(['imports'])
  })
})
