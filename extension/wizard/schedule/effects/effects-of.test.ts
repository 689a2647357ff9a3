import { describe, expect, test } from 'vitest'
import { planProperties } from '../../../../shared/rows/property-plan.ts'
import { fetchSample } from '../../../sample/use-sample.ts'
import type { Draft } from '../../../sync/draft.ts'
import { aDraft } from '../../../testing/a-draft.ts'
import { anImport } from '../../../testing/an-import.ts'
import { fakeLooker } from '../../../testing/fake-looker.ts'
import { aResult, aState } from '../../../testing/fake-state.ts'
import { effectsOf } from './effects-of.ts'
import type { RowCheck } from './use-row-check.ts'

const columns = [
  { name: 'users.email', label: 'Users Email' },
  { name: 'users.plan', label: 'Users Plan' },
]
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => [`u${index}@x.com`, 'pro'])

async function effects({
  draft = {},
  rows = rowsOf(3),
  check = { kind: 'none' },
  environment = 'Production',
}: {
  draft?: Partial<Draft>
  rows?: unknown[][]
  check?: RowCheck
  environment?: string
} = {}) {
  const { sdk } = fakeLooker(aState({ results: { '1': aResult(columns, rows) } }))
  const sample = await fetchSample(sdk, '1')
  const joinKey = sample.columns[0]!.column
  const plan = planProperties(
    sample.columns.map(({ column }) => column),
    joinKey,
    { rename: {}, exclude: [] },
  )
  return effectsOf({ draft: aDraft(draft), sample, joinKey, plan, check, environment })
}

const finished = (change: Parameters<typeof anImport>[0]): RowCheck => ({
  kind: 'finished',
  detail: anImport({ dryRun: true, ...change }),
})
const COUNTS = { received: 10_000, delivered: 9_981, rejected: 15, skipped: 4, superseded: 0, unchanged: 0 }

describe('what a run does', () => {
  test.each<[Parameters<typeof effects>[0], string]>([
    [{}, 'Creates or updates up to 3 users in Production, overwrites 1 property.'],
    [{ rows: rowsOf(1) }, 'Creates or updates up to 1 user in Production, overwrites 1 property.'],
    // As many as were asked for: there may be more.
    [{ rows: rowsOf(500) }, 'Creates or updates 500 users or more in Production, overwrites 1 property.'],
    [
      { draft: { propertyType: 'account' }, environment: 'environment 11' },
      'Creates or updates up to 3 accounts in environment 11, overwrites 1 property.',
    ],
    [
      { rows: rowsOf(500), check: finished({ counts: COUNTS }) },
      'Creates or updates up to 9,981 users in Production, overwrites 1 property.',
    ],
    [{ draft: { dryRun: true } }, 'Checks and counts the rows, and sends nothing to Heap.'],
  ])('%#: %j', async (given, headline) => {
    expect((await effects(given)).headline).toBe(headline)
  })

  test('is said with what it is known by', async () => {
    expect((await effects()).lines[0]).toBe('By all 3 rows that the Look has now.')
    expect((await effects({ rows: rowsOf(500), check: { kind: 'running' } })).lines[0]).toBe(
      'By the first 500 rows only: the check of every row, on the step before, counts them all. The check of every row is still running.',
    )
    expect((await effects({ check: finished({ counts: COUNTS }) })).lines.slice(0, 2)).toEqual([
      'By the check of every row: 9,981 of 10,000 rows can be imported.',
      '19 rows are not sent.',
    ])
  })

  test('tells that unknown keys create users, as far as that is known', async () => {
    expect((await effects()).lines).toContainEqual(expect.stringContaining('creates a user in Heap'))
    expect((await effects({ draft: { matchBy: 'heap_setup' } })).lines).toContainEqual(
      expect.stringContaining('may create a user: Heap documents nothing of it'),
    )
  })

  test('is compared with the last delivery', async () => {
    const comparison = { new: 5, changed: 10, unchanged: 9_966, gone: 2 }
    expect((await effects({ check: finished({ counts: COUNTS, comparison }) })).lines).toContainEqual(
      'Since the last delivery: 5 new, 10 changed, 9,966 unchanged, 2 gone. Heap keeps what it has of those that are gone.',
    )
  })

  test('warns of a bad key, of failures and of the row limit', async () => {
    const twice = [...rowsOf(2), ...rowsOf(1)]
    expect((await effects({ rows: twice })).warnings[0]).toBe(
      'The join key Users Email is not perfect in the sample:',
    )
    expect(
      (await effects({ check: finished({ success: false, message: 'Too many rejected.' }) })).warnings,
    ).toEqual(['As it is, Looker would report each run as failed: Too many rejected.'])
    expect((await effects({ draft: { sendAllResults: false } })).warnings).toEqual([
      "The Look's row limit applies: rows beyond it are not sent.",
    ])
    expect((await effects()).warnings).toEqual([])
  })
})
