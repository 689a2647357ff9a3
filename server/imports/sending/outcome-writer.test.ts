import { expect, test, vi } from 'vitest'
import type { BatchOutcome } from '../../database/repositories/batch-repository.ts'
import { createImportEvents } from '../import-events.ts'
import { createOutcomeWriter } from './outcome-writer.ts'

const outcome = (number: number) => ({ delivered: number }) as unknown as BatchOutcome

function createWriter() {
  const groups: number[][] = []
  const recordOutcomes = vi.fn(async (outcomes: readonly BatchOutcome[]) => {
    groups.push(outcomes.map(({ delivered }) => delivered))
    return [outcomes.length]
  })
  const events = createImportEvents()
  const finished: number[] = []
  events.on('decided', (ids) => finished.push(...ids))
  return { writer: createOutcomeWriter({ recordOutcomes }, events), groups, finished, recordOutcomes }
}

test('outcomes gather while more are to come, and are written with the last one', async () => {
  const { writer, groups, finished } = createWriter()
  await Promise.all([
    writer.write(outcome(1), false),
    writer.write(outcome(2), false),
    writer.write(outcome(3), true),
  ])
  expect(groups).toEqual([[1, 2, 3]])
  expect(finished).toEqual([3])
  await writer.write(outcome(4), true)
  expect(groups).toEqual([[1, 2, 3], [4]])
})

test('one that is followed by no other is written all the same, and sixteen do not wait', async () => {
  const { writer, groups } = createWriter()
  await writer.write(outcome(1), false)
  expect(groups).toEqual([[1]])
  const many = Array.from({ length: 17 }, (_, index) => writer.write(outcome(index), false))
  await Promise.all(many)
  expect(groups.slice(1).flat()).toHaveLength(17)
})

test('what cannot be written is an error of each that was to be', async () => {
  const { writer, recordOutcomes } = createWriter()
  recordOutcomes.mockRejectedValueOnce(new Error('the database is away'))
  const results = await Promise.allSettled([writer.write(outcome(1), false), writer.write(outcome(2), true)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await writer.write(outcome(3), true)
})
