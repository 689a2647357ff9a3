import { describe, expect, it } from 'vitest'
import type { FailedAnswer } from './answers/heap-answer.ts'
import type { BatchProgress } from './batch-progress.ts'
import { NO_PROGRESS, nextProgress, readProgress } from './batch-progress.ts'
import type { SendOutcome } from './deliver-entities.ts'

const FAILED: FailedAnswer = { kind: 'failed', cause: 'status', status: 503, error: 'HTTP 503' }

function turn(before: BatchProgress, given: Partial<SendOutcome>): BatchProgress {
  return nextProgress(before, {
    delivered: 0,
    rejected: [],
    pending: [1],
    parts: [1],
    nextSize: null,
    failure: null,
    suspects: null,
    requests: 1,
    answered: 0,
    ...given,
  })
}

describe('failures', () => {
  it('are counted until Heap takes or judges rows', () => {
    let progress = NO_PROGRESS
    for (let times = 0; times < 3; times += 1) progress = turn(progress, { failure: FAILED })
    expect(progress.failures).toBe(3)
    expect(turn(progress, { failure: FAILED, answered: 1 }).failures).toBe(1)
    expect(turn(progress, { answered: 1 }).failures).toBe(0)
  })

  it('are none when we break off, or let others have their turn', () => {
    const once = turn(NO_PROGRESS, { failure: FAILED })
    expect(turn(once, { failure: { ...FAILED, cause: 'aborted' } }).failures).toBe(1)
  })
})

it('keeps how far the batch is split, and whether Heap has taken any of it', () => {
  const first = turn(NO_PROGRESS, { parts: [3, 4], nextSize: 2, delivered: 1 })
  expect(first).toMatchObject({ parts: [3, 4], firstSize: 2, isPartlyTaken: true })
  expect(turn(first, {})).toMatchObject({ parts: [1], firstSize: null, isPartlyTaken: true })
})

it('counts the rows that Heap refused, not those that are too large', () => {
  const refused = { index: 0, reason: 'heap_refused', status: 400, text: 'no' } as const
  const tooLarge = { index: 1, reason: 'row_too_large', status: 413, text: 'no' } as const
  const first = turn(NO_PROGRESS, { rejected: [refused, tooLarge] })
  expect(turn(first, { rejected: [refused] }).refused).toBe(2)
})

describe('what is kept with a batch', () => {
  it('is read back', () => {
    const progress = turn(NO_PROGRESS, { parts: [3, 4], nextSize: 2, failure: FAILED, delivered: 1 })
    expect(readProgress(JSON.parse(JSON.stringify(progress)))).toEqual(progress)
  })

  it.each([null, undefined, 'x', [], { parts: [-1], firstSize: 'x', failures: 0.5, refused: null }])(
    'begins anew when it is not ours: %j',
    (stored) => {
      expect(readProgress(stored)).toEqual(NO_PROGRESS)
    },
  )
})
