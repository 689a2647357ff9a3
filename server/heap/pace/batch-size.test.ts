import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBatchSize, SMALLEST_AFTER_FAILURE } from './batch-size.ts'

it('starts where it is told, within what Heap takes', () => {
  expect(createBatchSize(200).current()).toBe(200)
  expect(createBatchSize(5000).current()).toBe(1000)
  expect(createBatchSize(0).current()).toBe(1)
})

it('halves down to one entity while requests are too large', () => {
  const size = createBatchSize(1000)
  const seen = []
  for (let step = 0; step < 11; step += 1) {
    size.onTooLarge(size.current())
    seen.push(size.current())
  }
  expect(seen).toEqual([500, 250, 125, 62, 31, 15, 7, 3, 1, 1, 1])
})

it('does not shrink for a single entity that is too large', () => {
  const size = createBatchSize(1000)
  size.onTooLarge(1)
  expect(size.current()).toBe(1000)
})

it('halves down to 50 when requests fail', () => {
  const size = createBatchSize(1000)
  for (let step = 0; step < 20; step += 1) size.onFailure(size.current())
  expect(size.current()).toBe(SMALLEST_AFTER_FAILURE)
})

it('halves once for requests that fail side by side', () => {
  const size = createBatchSize(1000)
  for (let step = 0; step < 4; step += 1) size.onFailure(1000)
  expect(size.current()).toBe(500)
})

it('does not shrink for the small rest of an import', () => {
  const size = createBatchSize(1000)
  size.onFailure(60)
  expect(size.current()).toBe(1000)
})

it('grows back to the start after requests of its size went well, and not for small ones', () => {
  const size = createBatchSize(1000)
  size.onFailure(1000)
  for (let step = 0; step < 100; step += 1) size.onSuccess(100)
  expect(size.current()).toBe(500)
  for (let step = 0; step < 10; step += 1) size.onSuccess(500)
  expect(size.current()).toBe(625)
  for (let step = 0; step < 100; step += 1) size.onSuccess(size.current())
  expect(size.current()).toBe(1000)
})

it('wants good requests in a row before it grows', () => {
  const size = createBatchSize(1000)
  size.onFailure(1000)
  for (let step = 0; step < 9; step += 1) size.onSuccess(500)
  size.onTooLarge(500)
  for (let step = 0; step < 9; step += 1) size.onSuccess(250)
  expect(size.current()).toBe(250)
})

it('stays between one and the start, whatever happens', () => {
  const event = fc.tuple(
    fc.constantFrom('onSuccess', 'onTooLarge', 'onFailure'),
    fc.integer({ min: 1, max: 1000 }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.array(event, { maxLength: 200 }), (start, events) => {
      const size = createBatchSize(start)
      for (const [name, entities] of events) {
        size[name as 'onSuccess' | 'onTooLarge' | 'onFailure'](Math.min(entities, size.current()))
        expect(Number.isInteger(size.current())).toBe(true)
        expect(size.current()).toBeGreaterThanOrEqual(1)
        expect(size.current()).toBeLessThanOrEqual(start)
      }
    }),
  )
})
