import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_REQUEST_BYTES } from '../../../shared/heap-limits.ts'
import { entityLines } from '../../heap/entity-lines.ts'
import type { Batch } from './batch-builder.ts'
import { createBatchBuilder } from './batch-builder.ts'
import { fromRowRanges } from './row-ranges.ts'

function read(batch: Batch | undefined) {
  if (!batch) return undefined
  const { number, entities, rowRanges, bytes } = batch
  return { number, lines: entityLines(bytes, entities).texts(), rowNumbers: fromRowRanges(rowRanges) }
}

test('cuts at the number of entities', () => {
  const builder = createBatchBuilder(2)
  expect(builder.add('a', 1)).toBeUndefined()
  expect(builder.add('b', 2)).toBeUndefined()
  expect(read(builder.add('c', 5))).toEqual({ number: 1, lines: ['a', 'b'], rowNumbers: [1, 2] })
  expect(read(builder.cut())).toEqual({ number: 2, lines: ['c'], rowNumbers: [5] })
  expect(builder.cut()).toBeUndefined()
})

test('cuts at the bytes of a request, counted as UTF-8', () => {
  const builder = createBatchBuilder(1_000)
  const line = '€'.repeat(200_000)
  expect(builder.add(line, 1)).toBeUndefined()
  expect(read(builder.add(line, 2))?.rowNumbers).toEqual([1])
})

test('a line that was written and not committed is forgotten', () => {
  const builder = createBatchBuilder(10)
  builder.add('a', 1)
  builder.buffer.bytes.write('lost', builder.start())
  builder.add('b', 3)
  expect(read(builder.cut())).toEqual({ number: 1, lines: ['a', 'b'], rowNumbers: [1, 3] })
})

test('every line is in exactly one batch, in order, and batches are within both bounds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (sizes, maxEntities) => {
        const lines = sizes.map((size, index) => String.fromCharCode(97 + (index % 26)).repeat(size))
        const builder = createBatchBuilder(maxEntities)
        const batches = lines.map((line, index) => read(builder.add(line, index + 1)))
        batches.push(read(builder.cut()))
        const full = batches.filter((batch) => batch !== undefined)
        expect(full.flatMap((batch) => batch.rowNumbers)).toEqual(lines.map((_, index) => index + 1))
        expect(full.flatMap((batch) => batch.lines)).toEqual(lines)
        expect(full.map((batch) => batch.number)).toEqual(full.map((_, index) => index + 1))
        for (const batch of full) {
          const bytes = batch.lines.reduce((sum, line) => sum + line.length + 2, 0)
          expect(batch.lines.length).toBeLessThanOrEqual(maxEntities)
          expect(batch.lines.length === 1 || bytes <= MAX_REQUEST_BYTES).toBe(true)
        }
      },
    ),
    { numRuns: 30 },
  )
})
