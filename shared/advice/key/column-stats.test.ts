import { describe, expect, test } from 'vitest'
import { columnStats } from './column-stats.ts'

const VALUES = ['a', 'b', 'a', ' a ', null, '', 'null', 'x'.repeat(256), ['list'], 0]

describe('the statistics of a column', () => {
  const stats = columnStats(VALUES)

  test('count by the rules of the server', () => {
    expect(stats).toMatchObject({
      rows: 10,
      filled: 8,
      missing: 2,
      distinct: 3,
      duplicates: 2,
      duplicateKeys: ['a'],
      placeholders: 1,
      tooLong: 1,
      notValues: 1,
    })
  })

  test('show the first few different values, shortened', () => {
    expect(columnStats([null, 'x'.repeat(50), 'b', 'b', 3, 4]).examples).toEqual([
      `${'x'.repeat(39)}\u2026`,
      'b',
      '3',
    ])
  })

  test('of no rows are all zero', () => {
    expect(columnStats([])).toMatchObject({ rows: 0, filled: 0, distinct: 0, examples: [] })
  })
})
