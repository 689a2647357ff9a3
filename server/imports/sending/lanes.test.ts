import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClaimedBatch } from '../../database/repositories/batch-repository.ts'
import { createLanes } from './lanes.ts'

function batch(importId: number, number: number, environmentId = '11'): ClaimedBatch {
  return { job: { importId, number, environmentId, jobId: '' } } as ClaimedBatch
}

test('the import that has got least far goes first, of two that have got as far the older one', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })))
  fc.assert(
    fc.property(pairs, (batches) => {
      const lanes = createLanes(4)
      for (const [importId, number] of batches) lanes.add(batch(importId, number))
      const order = lanes.of('11').waiting.map(({ job }) => [job.number, job.importId])
      expect(order).toEqual([...order].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d))
      expect(order).toHaveLength(batches.length)
    }),
  )
})

test('as long as Heap has not answered nothing is taken ahead', () => {
  const lanes = createLanes(4)
  const lane = lanes.of('11')
  expect(lanes.room()).toBe(4)
  lane.inFlight = 4
  expect(lanes.full()).toEqual(['11'])
})

test('the quicker Heap answers, the more is taken ahead, and an environment of its own does not lack room', () => {
  const lanes = createLanes(4)
  const lane = lanes.of('11')
  for (let times = 0; times < 50; times += 1) lanes.onAnswer(lane, 2)
  lane.inFlight = 4
  expect(lanes.full()).toEqual([])
  const quick = lanes.room()
  for (let times = 0; times < 50; times += 1) lanes.onAnswer(lane, 100)
  expect(lanes.room()).toBeLessThan(quick)
  for (let times = 0; times < 50; times += 1) lanes.onAnswer(lane, 10_000)
  expect(lanes.full()).toEqual(['11'])
  lanes.of('12')
  expect(lanes.full()).toEqual(['11'])
  expect(lanes.room()).toBe(4)
})

test('an import that has got less far than what waits would overtake it', () => {
  const lanes = createLanes(4)
  expect(lanes.wouldOvertake(1)).toBe(false)
  lanes.add(batch(1, 7))
  expect(lanes.wouldOvertake(1)).toBe(true)
  expect(lanes.wouldOvertake(7)).toBe(false)
})
