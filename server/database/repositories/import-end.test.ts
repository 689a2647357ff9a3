import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportImport } from '../../../shared/report/import-message.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import type { Database } from '../engine/database.ts'
import { openDatabase } from '../open-database.ts'
import { createConnectionRepository } from './connection-repository.ts'

const count = fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 30_000_000 }))
const ends = fc.array(
  fc.record({
    delivered: count,
    rejected: count,
    skipped: count,
    superseded: count,
    unchanged: count,
    failure: fc.option(fc.constant('It broke off.')),
    maxRejectedPercent: fc.oneof(
      fc.integer({ min: 0, max: 100 }),
      fc.double({ min: 0, max: 100, noNaN: true }),
    ),
  }),
  { minLength: 1, maxLength: 50 },
)

describe.each(ENGINES)('how an import has ended, on $engine', ({ createDatabase }) => {
  let created: TestDatabase
  let database: Database

  beforeAll(async () => {
    created = await createDatabase()
    const { DATABASE_URL: url, DATA_DIR: dataDirectory = '' } = created.environment
    database = await openDatabase({ url, dataDirectory, onError: () => undefined })
    await createConnectionRepository(database).add('default', new Uint8Array(32))
  }, 120_000)
  afterAll(async () => {
    await database?.close()
    await created?.remove()
  })

  test('is what Looker is told', async () => {
    await fc.assert(
      fc.asyncProperty(ends, async (imports) => {
        await database.query('delete from imports')
        const rows = await database.query<{ ended: string }>(
          `with added as (
             insert into imports (connection_id, sync_key, environment_id, state, failure, received, delivered,
               rejected, skipped, superseded, unchanged, settings, title)
             select 1, 'a', '11', 'finished', failure, delivered + rejected + skipped + superseded + unchanged, delivered,
               rejected, skipped, superseded, unchanged, settings::jsonb, place::text
             from unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::text[]) with ordinality
               as entry (failure, delivered, rejected, skipped, superseded, unchanged, settings, place)
             returning ended, title
           )
           select ended from added order by title::int`,
          [
            imports.map(({ failure }) => failure),
            imports.map(({ delivered }) => delivered),
            imports.map(({ rejected }) => rejected),
            imports.map(({ skipped }) => skipped),
            imports.map(({ superseded }) => superseded),
            imports.map(({ unchanged }) => unchanged),
            imports.map(({ maxRejectedPercent }) => JSON.stringify({ maxRejectedPercent })),
          ],
        )
        const told = imports.map(({ failure, maxRejectedPercent, ...counts }) => {
          const received =
            counts.delivered + counts.rejected + counts.skipped + counts.superseded + counts.unchanged
          const { success } = reportImport({
            environmentId: '11',
            dryRun: false,
            testRows: null,
            counts: { ...counts, received },
            rejections: [],
            failure,
            lastError: null,
            denial: null,
            maxRejectedPercent,
            remarks: [],
          })
          if (!success) return 'failed'
          return counts.rejected > 0 ? 'rejected_rows' : 'success'
        })
        expect(rows.map(({ ended }) => ended)).toEqual(told)
      }),
      { numRuns: 30 },
    )
  })
})
