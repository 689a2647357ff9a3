import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_REQUEST_BYTES } from '../../../shared/heap-limits.ts'
import type { Batch } from './batch-builder.ts'
import { createBatchBuilder } from './batch-builder.ts'

test('cuts at the number of entities', () => {
  const builder = createBatchBuilder(2)
  expect(builder.add('a', 1)).toBeUndefined()
  expect(builder.add('b', 2)).toBeUndefined()
  expect(builder.add('c', 5)).toEqual({ number: 1, lines: ['a', 'b'], rowNumbers: [1, 2] })
  expect(builder.cut()).toEqual({ number: 2, lines: ['c'], rowNumbers: [5] })
  expect(builder.cut()).toBeUndefined()
})

test('cuts at the bytes of a request, counted as UTF-8', () => {
  const builder = createBatchBuilder(1_000)
  const line = '€'.repeat(200_000)
  expect(builder.add(line, 1)).toBeUndefined()
  expect(builder.add(line, 2)?.rowNumbers).toEqual([1])
})

test('every line is in exactly one batch, in order, and batches are within both bounds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (sizes, maxEntities) => {
        const lines = sizes.map((size) => 'x'.repeat(size))
        const builder = createBatchBuilder(maxEntities)
        const batches: Batch[] = []
        lines.forEach((line, index) => {
          const full = builder.add(line, index + 1)
          if (full) batches.push(full)
        })
        const rest = builder.cut()
        if (rest) batches.push(rest)
        expect(batches.flatMap((batch) => batch.rowNumbers)).toEqual(lines.map((_, index) => index + 1))
        expect(batches.map((batch) => batch.number)).toEqual(batches.map((_, index) => index + 1))
        for (const batch of batches) {
          const bytes = batch.lines.reduce((sum, line) => sum + line.length + 1, 0)
          expect(batch.lines.length).toBeLessThanOrEqual(maxEntities)
          expect(batch.lines.length === 1 || bytes <= MAX_REQUEST_BYTES).toBe(true)
        }
      },
    ),
    { numRuns: 30 },
  )
})
