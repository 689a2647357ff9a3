import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstPart, halves, MAX_LINE_BYTES, toRanges } from './split-lines.ts'

it('cuts by count and by bytes', () => {
  const small = () => 100
  expect(firstPart({ from: 0, to: 1500 }, small, 1000)).toEqual({ from: 0, to: 1000 })
  expect(firstPart({ from: 1000, to: 1500 }, small, 1000)).toEqual({ from: 1000, to: 1500 })
  const wide = () => 10_000
  expect(firstPart({ from: 5, to: 1500 }, wide, 1000)).toEqual({ from: 5, to: 104 })
})

it('always has one line, and never more bytes than a request may have', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: MAX_LINE_BYTES * 1.5 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 10 }), (lines, most) => {
      const { from, to } = firstPart({ from: 0, to: lines.length }, (index) => lines[index]!, most)
      const bytes = lines.slice(from, to).reduce((sum, size) => sum + size + 1, 0)
      expect(to).toBeGreaterThan(0)
      expect(to <= most && (to === 1 || bytes <= MAX_LINE_BYTES)).toBe(true)
    }),
  )
})

it('halves without a gap', () => {
  expect(halves({ from: 3, to: 6 })).toEqual([
    { from: 3, to: 5 },
    { from: 5, to: 6 },
  ])
})

it('brings back ranges by their sizes, whatever the sizes are, without a gap', () => {
  expect(toRanges([2, 0, 3], 9)).toEqual([
    { from: 0, to: 2 },
    { from: 2, to: 5 },
    { from: 5, to: 9 },
  ])
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.nat(200), (parts, count) => {
      const ranges = toRanges(parts, count)
      let next = 0
      for (const { from, to } of ranges) {
        expect(from).toBe(next)
        expect(to).toBeGreaterThan(from)
        next = to
      }
      expect(next).toBe(count)
    }),
  )
})
