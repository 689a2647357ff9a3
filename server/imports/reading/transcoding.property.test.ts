import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeResult } from '../../../sandbox/looker/delivering/write-result.ts'
import type { Look } from '../../../sandbox/looker/look.ts'
import { largeLook } from '../../../sandbox/looker/looks/large.ts'
import { SAMPLE_LOOKS } from '../../../sandbox/looker/looks.ts'
import { NO_PROPERTY_NAMES } from '../../../shared/rows/property-plan.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import { allBytes, chunksOf, chunksOfSizes } from '../../looker/testing/bytes.ts'
import { randomPivotedResult, randomResult } from '../../testing/random-result.ts'
import { randomRows } from '../../testing/random-rows.ts'
import { dimension, sampleLook } from '../../testing/sample-look.ts'
import { TEST_SETTINGS } from '../../testing/sync-settings.ts'
import type { TakenResult } from '../../testing/take-result.ts'
import { countMatches, parseEveryRow, takeResult } from '../../testing/take-result.ts'

// The existing way, parse and map, is the authority; the transcoder must be byte for byte the same.

const SETTINGS: SyncSettings = { ...TEST_SETTINGS, joinKeyColumn: 'The Key' }

const settings: fc.Arbitrary<SyncSettings> = fc
  .record({
    propertyType: fc.constantFrom('user', 'account'),
    matchBy: fc.constantFrom('identity', 'heap_setup'),
    madeFor: fc.constantFrom('this_action', 'heap_action'),
    dryRun: fc.constantFrom(false, false, false, true),
    emptyValue: fc.constantFrom('', '', '(none)', '"', 'é😀\\', 'x'.repeat(1_023)),
    propertyNames: fc.constantFrom(NO_PROPERTY_NAMES, {
      rename: { 'users.a': '__proto__', 'orders.count': 'Ünï "quoted"' },
      exclude: ['users.bb'],
    }),
  })
  .map((some) => ({ ...SETTINGS, ...some }) as SyncSettings)

const sizes = fc.oneof(
  fc.constant([64 * 1024]),
  fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 }),
  fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
)

const batchSize = fc.constantFrom(1, 3, 1_000)

async function bothWays(bytes: Buffer, sizes: readonly number[], settings: SyncSettings, batchSize = 1_000) {
  const scanning = countMatches()
  const transcoded = await takeResult(chunksOfSizes(bytes, sizes), settings, scanning, { batchSize })
  const parsed = await takeResult(chunksOfSizes(bytes, sizes), settings, parseEveryRow(), { batchSize })
  return { transcoded, parsed, matches: scanning.matches }
}

/**
 * Whatever comes of a result must be the same both ways. Only of one that is broken somewhere the one way may take more
 * whole rows than the other, and meet another of its faults first, as that is decided by the ends of blocks.
 */
function expectSame(transcoded: TakenResult, parsed: TakenResult) {
  if (transcoded.failure === null || parsed.failure === null) {
    expect(transcoded).toEqual(parsed)
    return
  }
  const rows = Math.min(transcoded.rows, parsed.rows)
  const upTo = ({ batches, rejected }: TakenResult) => ({
    lines: batches
      .flatMap(({ lines, rowNumbers }) => lines.map((line, index) => [rowNumbers[index]!, line] as const))
      .filter(([row]) => row <= rows),
    rejected: rejected.filter(({ rowNumber }) => rowNumber <= rows),
  })
  expect(upTo(transcoded)).toEqual(upTo(parsed))
}

function countsOf({ properties }: TakenResult) {
  const filled = properties.filter(({ values }) => values > 0)
  return new Map(filled.map(({ name, ...counts }) => [name, counts]))
}

/** The same, counted in what would be sent. */
function countsInLines({ batches }: TakenResult) {
  const counts = new Map<string, { values: number; texts: number; numbers: number }>()
  for (const line of batches.flatMap(({ lines }) => lines)) {
    const entity = JSON.parse(line) as { properties: Record<string, unknown> }
    for (const [name, value] of Object.entries(entity.properties)) {
      const count = counts.get(name) ?? { values: 0, texts: 0, numbers: 0 }
      count.values += 1
      if (typeof value === 'string') count.texts += 1
      if (typeof value === 'number') count.numbers += 1
      counts.set(name, count)
    }
  }
  return counts
}

/** Lines that send a text for empty cells say all that the others say, and that text, in the order of the columns. */
function expectOnlyMore(filled: TakenResult, leavingOut: TakenResult, emptyValue: string) {
  const entitiesOf = ({ batches }: TakenResult) =>
    batches.flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as { properties: object }))
  const others = entitiesOf(leavingOut)
  const entities = entitiesOf(filled)
  expect(entities).toHaveLength(others.length)
  entities.forEach(({ properties, ...key }, index) => {
    const { properties: fewer, ...sameKey } = others[index]!
    expect(key).toEqual(sameKey)
    expect(properties).toMatchObject(fewer)
    const more = Object.entries(properties).filter(([name]) => !Object.hasOwn(fewer, name))
    expect(more.map(([, value]) => value)).toEqual(more.map(() => emptyValue))
    if (emptyValue === '') expect(more).toEqual([])
  })
}

test('random results are the same both ways', { timeout: 120_000 }, async () => {
  let matches = 0
  let rows = 0
  await fc.assert(
    fc.asyncProperty(randomResult, sizes, settings, batchSize, async (result, sizes, settings, batchSize) => {
      const both = await bothWays(result.bytes, sizes, settings, batchSize)
      expectSame(both.transcoded, both.parsed)
      if (!settings.dryRun) {
        const leavingOut = await bothWays(result.bytes, sizes, { ...settings, emptyValue: '' }, batchSize)
        expect(countsOf(leavingOut.transcoded)).toEqual(countsInLines(leavingOut.transcoded))
        // What is sent for empty cells is not counted as a value.
        expect(countsOf(both.transcoded)).toEqual(countsOf(leavingOut.transcoded))
        expectOnlyMore(both.transcoded, leavingOut.transcoded, settings.emptyValue)
      }
      matches += both.matches
      rows += both.parsed.rows
    }),
    { numRuns: Number(process.env.TRANSCODING_RUNS ?? 1_500) },
  )
  // Else this test would compare a way with itself.
  expect(matches / rows).toBeGreaterThan(0.2)
})

test('random pivots are the same both ways', { timeout: 120_000 }, async () => {
  let matches = 0
  await fc.assert(
    fc.asyncProperty(
      randomPivotedResult,
      sizes,
      settings,
      batchSize,
      async (result, sizes, settings, batchSize) => {
        const both = await bothWays(result.bytes, sizes, settings, batchSize)
        expectSame(both.transcoded, both.parsed)
        matches += both.matches
      },
    ),
    { numRuns: Number(process.env.TRANSCODING_RUNS ?? 600) },
  )
  expect(matches).toBeGreaterThan(1_000)
})

test('random rows of the suite are the same both ways', { timeout: 60_000 }, async () => {
  const fields = {
    dimensions: [dimension('users.key', { label: 'The Key' }), dimension('users.note')],
    measures: [dimension('users.amount', { type: 'number' })],
    pivots: [],
    table_calculations: [],
  }
  await fc.assert(
    fc.asyncProperty(randomRows, sizes, settings, batchSize, async (rows, sizes, settings, batchSize) => {
      const look = sampleLook({
        fields,
        rows: () =>
          rows.map(({ key, note, amount }) => ({
            'users.key': key,
            'users.note': note,
            'users.amount': amount,
          })),
      })
      const { transcoded, parsed } = await bothWays(await resultOf(look), sizes, settings, batchSize)
      expect(transcoded).toEqual(parsed)
    }),
    { numRuns: 150 },
  )
})

async function resultOf(
  look: Look,
  format: 'json_detail' | 'json_detail_lite_stream' = 'json_detail_lite_stream',
) {
  async function* bytes() {
    for await (const piece of writeResult(
      { ...look, slow: { firstByteSeconds: 0, pauseMilliseconds: 0 } },
      { format, rowLimit: 3_000 },
    ))
      yield Buffer.from(piece)
  }
  return allBytes(bytes())
}

describe.each(['json_detail', 'json_detail_lite_stream'] as const)('in %s', (format) => {
  test.each(SAMPLE_LOOKS.map((look) => [look.title, look] as const))(
    '%s is the same both ways',
    async (_, look) => {
      const bytes = await resultOf(look, format)
      const joinKeyColumn = look.suggestedParams.heap_field ?? ''
      for (const size of [7, 1_000, 64 * 1024]) {
        for (const more of [{}, { propertyType: 'account', madeFor: 'heap_action' }, { dryRun: true }]) {
          const both = await bothWays(bytes, [size], { ...SETTINGS, ...more, joinKeyColumn } as SyncSettings)
          expectSame(both.transcoded, both.parsed)
        }
      }
    },
  )
})

test('rows of plain values are transcoded, all but the first block and those of another form', async () => {
  const bytes = await resultOf(largeLook('x', 3_000))
  const both = await bothWays(bytes, [10_000], { ...SETTINGS, joinKeyColumn: 'Users Email' })
  expectSame(both.transcoded, both.parsed)
  expect(both.matches).toBeGreaterThan(2_900)
  const scanning = countMatches()
  await takeResult(chunksOf(bytes, 100), { ...SETTINGS, joinKeyColumn: 'Users Email' }, scanning)
  expect(scanning.matches).toBeGreaterThan(2_900)
})
