import { describe, expect, test } from 'vitest'
import { readSample, valuesOf } from '../../extension/sample/sample.ts'
import { columnStats } from '../../shared/advice/key/column-stats.ts'
import { guessMapping } from '../../shared/advice/key/guess-mapping.ts'
import { readVisualization } from '../../shared/looker-result/visualization.ts'
import { writeResult } from '../looker/delivering/write-result.ts'
import type { Look } from '../looker/look.ts'
import { failingSql } from '../looker/looks/failing-sql.ts'
import { SAMPLE_LOOKS } from '../looker/looks.ts'
import type { MadeLook } from './made-looks.ts'
import { madeLook } from './made-looks.ts'

// What the extension suggests, and what it must not: whoever made a Look knows what its key is.

const SAMPLE_ROWS = 500

/** The guess from what Looker answers when the extension runs the Look. */
async function guessOf(look: Look) {
  const quick = look.slow ? { ...look, slow: { firstByteSeconds: 0, pauseMilliseconds: 0 } } : look
  let text = ''
  for await (const piece of writeResult(quick, { format: 'json_detail', rowLimit: SAMPLE_ROWS }))
    text += piece
  const visualization = readVisualization({ hidden_fields: look.hiddenFields ?? [], ...look.visConfig })
  const read = readSample(text, visualization, SAMPLE_ROWS)
  if (read.kind === 'failed') throw new Error(read.message)
  const { sample } = read
  return guessMapping(
    sample.columns.map((column) => ({
      column,
      stats: columnStats(valuesOf(sample, column)),
      facts: sample.factsOf.get(column.name),
    })),
  )
}

function asLook(made: MadeLook, id: number): Look {
  return {
    id: String(id),
    title: made.what,
    explanation: made.what,
    fields: {
      dimensions: made.dimensions,
      measures: made.measures,
      pivots: [],
      table_calculations: made.calculations,
    },
    timezone: 'UTC',
    rowCount: made.rows.length,
    rows: () => made.rows,
    suggestedParams: {},
  }
}

describe('the key of every sample Look', () => {
  test.each(SAMPLE_LOOKS.filter((look) => look !== failingSql).map((look) => [look.title, look] as const))(
    '%s',
    async (_title, look) => {
      const guess = await guessOf(look)
      expect([guess?.key?.column.label, guess?.propertyType]).toEqual([
        look.suggestedParams.heap_field,
        look.suggestedParams.property_type,
      ])
    },
  )
})

const LOOKS = Array.from({ length: 30 }, (_, index) => [index + 1, madeLook(index + 1)] as const)

describe('of thirty generated Looks', () => {
  test.each(LOOKS.map(([number, made]) => [number, made.what, made] as const))(
    '%i, %s',
    async (number, _what, made) => {
      await expectRight(made, number)
    },
  )

  test('half and more have a key, a third has none', () => {
    expect(LOOKS.filter(([, { key, evident }]) => key && evident).length).toBeGreaterThanOrEqual(15)
    expect(LOOKS.filter(([, { key }]) => key === null)).toHaveLength(10)
  })
})

test('no suggestion for three hundred more is wrong', async () => {
  for (let number = 31; number <= 330; number += 1) await expectRight(madeLook(number), number)
})

async function expectRight(made: MadeLook, number: number) {
  const guess = await guessOf(asLook(made, number))
  const found = guess?.key ? { column: guess.key.column.name, propertyType: guess.propertyType } : null
  const columns = [...made.dimensions, ...made.measures].map(({ name }) => name)
  if (made.evident) expect(found, `${made.what}: ${columns}`).toEqual(made.key)
  else expect([null, made.key], `${made.what}: ${columns}`).toContainEqual(found)
}
