import { describe, expect, test } from 'vitest'
import type { FailedAnswer } from '../../heap/answers/heap-answer.ts'
import type { BatchProgress } from '../../heap/batch-progress.ts'
import { NO_PROGRESS, nextProgress } from '../../heap/batch-progress.ts'
import type { SendOutcome } from '../../heap/deliver-entities.ts'
import { createCircuitBreaker } from '../../heap/pace/circuit-breaker.ts'
import { learnFrom } from './learn-from.ts'

const FAILED: FailedAnswer = { kind: 'failed', cause: 'status', status: 500, error: 'HTTP 500' }
const DENIED: FailedAnswer = { kind: 'failed', cause: 'denied', status: 403, error: 'HTTP 403' }
const BROKEN_OFF: FailedAnswer = { kind: 'failed', cause: 'aborted', error: 'broken off' }

const NOTHING: SendOutcome = {
  delivered: 0,
  rejected: [],
  pending: [],
  parts: [],
  nextSize: null,
  failure: null,
  suspects: null,
  requests: 1,
  answered: 0,
}

function createBatch() {
  const breaker = createCircuitBreaker({ threshold: 2 })
  let progress: BatchProgress = NO_PROGRESS
  function learn(given: Partial<SendOutcome>, isTooOld = false): void {
    const outcome = { ...NOTHING, ...given }
    learnFrom(outcome, breaker, progress, { isTooOld, maxRetryAfterMs: 60_000 })
    progress = nextProgress(progress, outcome)
  }
  return { breaker, learn }
}

const failedAt = (suspects: number, delivered = 0): Partial<SendOutcome> => ({
  delivered,
  answered: delivered > 0 ? 1 : 0,
  pending: [1],
  failure: FAILED,
  suspects,
})

test('the circuit opens after failures, unless Heap has taken or judged something meanwhile', () => {
  const { breaker, learn } = createBatch()
  for (let times = 0; times < 5; times += 1) learn(failedAt(500, 500))
  for (let times = 0; times < 5; times += 1) learn({ ...failedAt(500), answered: 1 })
  expect(breaker.state()).toBe('closed')
  learn(failedAt(500))
  expect(breaker.state()).toBe('open')
})

test('it opens at once for a denial', () => {
  const { breaker, learn } = createBatch()
  learn({ pending: [1], failure: DENIED, suspects: 500 })
  expect(breaker.state()).toBe('open')
})

describe('it does not open', () => {
  test.each([FAILED, DENIED])('for rows that are left alone of a batch ($error)', (failure) => {
    const { breaker, learn } = createBatch()
    learn(failedAt(10, 90))
    learn({ answered: 1 })
    for (let times = 0; times < 5; times += 1) learn({ pending: [1, 2], failure, suspects: 1 })
    expect(breaker.state()).toBe('closed')
  })

  test('because requests were broken off by us', () => {
    const { breaker, learn } = createBatch()
    for (let times = 0; times < 5; times += 1) learn({ pending: [1], failure: BROKEN_OFF })
    expect(breaker.state()).toBe('closed')
  })
})

test('it opens for batches of one row', () => {
  const { breaker, learn } = createBatch()
  learn(failedAt(1))
  learn(failedAt(1))
  expect(breaker.state()).toBe('open')
})

test('it stays open when a probe was broken off, or asked nothing', () => {
  const { breaker, learn } = createBatch()
  learn(failedAt(1000))
  learn(failedAt(1000))
  const later = Date.now() + 3_600_000
  expect(breaker.canSend(later)).toBe(true)
  learn({ requests: 0 })
  expect(breaker.state()).toBe('open')
  expect(breaker.canSend(later)).toBe(true)
  learn({ failure: BROKEN_OFF })
  expect(breaker.state()).toBe('open')
})

test('rows are given up after a probe in vain with rows of that age', () => {
  const { breaker, learn } = createBatch()
  learn(failedAt(1000), true)
  learn(failedAt(1000), true)
  expect(breaker.isGivingUp()).toBe(false)
  breaker.canSend(Date.now() + 3_600_000)
  learn(failedAt(1000), true)
  expect(breaker.isGivingUp()).toBe(true)
})
