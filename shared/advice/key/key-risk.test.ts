import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnStats } from './column-stats.ts'
import { keyRisk } from './key-risk.ts'

const good = (count: number) => Array.from({ length: count }, (_, row) => `key ${row}`)
const riskOf = (values: unknown[], partial = false) => keyRisk(columnStats(values), partial)

describe('what must be understood of a key', () => {
  test('nothing, up to three in a hundred', () => {
    expect(riskOf([...good(97), null, 'null', 'key 1'])).toBeNull()
    expect(riskOf([...good(96), null, 'null', 'key 1', 'key 2'])).not.toBeNull()
  })

  test('says the figures', () => {
    const tiers = Array.from({ length: 500 }, (_, row) => `tier ${row % 4}`)
    expect(riskOf(tiers, true)).toBe(
      'of the first 500 only 4 have a good key of their own: 496 repeat the key of another row',
    )
    expect(riskOf(['a', 'a', null, 'n/a', 'test@test.com', '-', 'x'.repeat(256)])).toBe(
      'of 7 rows only 1 has a good key of its own: 1 repeats the key of another row, 1 has none, 3 hold a placeholder, 1 holds what is no key',
    )
  })

  test.each(['n/a', 'none', 'test@test.com', '-', 'unknown', 'NULL', '', ' ', 'Test@Test.com'])(
    'counts %j as no good key',
    (placeholder) => {
      expect(columnStats([...good(10), placeholder]).good).toBe(10)
    },
  )

  test('counts a zero that several rows have, and takes one for a key', () => {
    expect(columnStats([0, 1, 2]).good).toBe(3)
    expect(columnStats([0, 0, 1]).good).toBe(1)
  })

  test('that no row has any, and nothing where there are no rows', () => {
    expect(riskOf([null, null])).toBe('of 2 rows none has a good key of its own: 2 have none')
    expect(riskOf([])).toBeNull()
  })
})

test('every row has a good key of its own or is one of the figures', () => {
  const cell = fc.constantFrom(null, '', 'null', '-', '0', 0, 'a', 'b', 'c', 'x'.repeat(300), ['list'])
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (values) => {
      const stats = columnStats(values)
      const bad =
        stats.missing +
        stats.placeholders +
        stats.tooLong +
        stats.notValues +
        stats.duplicates +
        stats.doubtful
      expect(stats.good + bad).toBe(stats.rows)
    }),
  )
})
