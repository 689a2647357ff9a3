import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandPath, flowBands } from './flow-bands.ts'
import { niceScale } from './nice-scale.ts'
import type { Part } from './parts.ts'
import { PARTS } from './parts.ts'
import { stackBar } from './stack-bar.ts'

const counts = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 5_000_000 }),
)
const partsOfSix = fc.tuple(counts, counts, counts, counts, counts, counts)
const asParts = (values: readonly number[]) =>
  Object.fromEntries(PARTS.map((part, index) => [part, values[index]])) as Record<Part, number>
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)

describe('the axis', () => {
  test.each([
    [0, [0, 1, 2]],
    [1, [0, 1, 2]],
    [60, [0, 50, 100]],
    [8734, [0, 5000, 10_000]],
    [10_000, [0, 5000, 10_000]],
    [1_000_001, [0, 1_000_000, 2_000_000]],
  ])('up to %i ends at a round number', (most, ticks) => {
    expect(niceScale(most)).toEqual(ticks)
  })

  test('has room for every value, and not much more than needed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (most) => {
        const ticks = niceScale(most)
        expect(ticks.every(Number.isInteger)).toBe(true)
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(most)
        expect(ticks.at(-1)!).toBeLessThanOrEqual(Math.max(2, most * 2.5))
      }),
    )
  })
})

describe('a bar', () => {
  test('is as high as its rows are many, and leaves no part out', () => {
    fc.assert(
      fc.property(partsOfSix, (values) => {
        const rows = sum(values)
        const scale = niceScale(rows).at(-1)!
        const segments = stackBar(asParts(values), scale, 150)
        expect(segments).toHaveLength(values.filter((value) => value > 0).length)
        for (const { height } of segments) expect(height).toBeGreaterThanOrEqual(2 - 1e-9)
        const total = sum(segments.map(({ height }) => height))
        expect(total).toBeCloseTo(Math.max((rows / scale) * 150, 2 * segments.length), 6)
        // From the bottom up, without gaps.
        segments.forEach(({ y, height }, index) => {
          const foot = index === 0 ? 150 : segments[index - 1]!.y
          expect(y + height).toBeCloseTo(foot, 6)
        })
      }),
    )
  })

  test('shows 1 rejected row among a million', () => {
    const [delivered, rejected] = stackBar(asParts([999_999, 1, 0, 0, 0, 0]), 1_000_000, 150)
    expect(rejected).toEqual({ part: 'rejected', y: 0, height: 2 })
    expect(delivered).toEqual({ part: 'delivered', y: 2, height: 148 })
  })
})

describe('the way of the rows', () => {
  const sizes = { bar: 170, row: 46, thinnest: 2 }

  test('has a ribbon for each part that is not nothing, none over another', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 12 }), (values) => {
        const { bands, height } = flowBands(values, sizes)
        expect(bands).toHaveLength(values.length)
        let from = 0
        let row = 0
        bands.forEach((band, index) => {
          expect(band.toHeight > 0).toBe(values[index]! > 0)
          expect(band.fromY).toBeGreaterThanOrEqual(from - 1e-9)
          expect(band.rowY).toBeCloseTo(row, 6)
          expect(band.rowHeight).toBeGreaterThanOrEqual(sizes.row)
          expect(band.toY).toBeGreaterThanOrEqual(band.rowY - 1e-9)
          expect(band.toY + band.toHeight).toBeLessThanOrEqual(band.rowY + band.rowHeight + 1e-9)
          from = band.fromY + band.fromHeight
          row += band.rowHeight
        })
        expect(from).toBeLessThanOrEqual(height + 1e-9)
        expect(row).toBeLessThanOrEqual(height + 1e-9)
      }),
    )
  })

  test('is half and half where the rows are', () => {
    const { bands } = flowBands([50, 50], sizes)
    expect(bands.map(({ fromHeight }) => fromHeight)).toEqual([85, 85])
    expect(bandPath(bands[0]!, 200)).toBe('M0 0C100 0 100 0 200 0V85C100 85 100 85 0 85Z')
  })
})
