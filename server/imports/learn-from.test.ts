import { describe, expect, test } from 'vitest'
import type { Delivery } from '../heap/deliver-entities.ts'
import type { FailedAnswer } from '../heap/heap-answer.ts'
import { createEnvironments } from './environments.ts'
import { learnFrom } from './learn-from.ts'

const FAILED: FailedAnswer = { kind: 'failed', cause: 'status', status: 500, error: 'HTTP 500' }

const NOTHING: Delivery = {
  delivered: 0,
  rejected: [],
  pending: [],
  failure: null,
  suspects: null,
  denied: null,
  everyRowRefused: false,
  requests: 1,
}

function createEnvironment() {
  const environment = createEnvironments(1000, { threshold: 2 }).of('11')
  const learn = (delivery: Partial<Delivery>, lines = 1000, isStopping = false) =>
    learnFrom({ ...NOTHING, ...delivery }, environment, '1/1', {
      lines,
      isStopping,
      maxRetryAfterMs: 60_000,
    })
  return { ...environment, learn }
}

const failedAt = (suspects: number, delivered = 0): Partial<Delivery> => ({
  delivered,
  pending: [1],
  failure: FAILED,
  suspects,
})

describe('the next try', () => {
  test('begins with half of what Heap failed at', () => {
    const { troubles, learn } = createEnvironment()
    for (const [suspects, firstSize] of [
      [1000, 500],
      [500, 250],
      [3, 1],
      [1, 1],
    ] as const) {
      learn(failedAt(suspects))
      expect(troubles.get('1/1')).toEqual({ firstSize, isPartlyTaken: false })
    }
  })

  test('begins as usual after throttling, and is forgotten once nothing waits', () => {
    const { troubles, learn } = createEnvironment()
    learn({ pending: [1], failure: { ...FAILED, status: 429 } })
    expect(troubles.size).toBe(0)
    learn(failedAt(1000))
    learn({ delivered: 1000 })
    expect(troubles.size).toBe(0)
  })
})

describe('the circuit', () => {
  test('opens after failures, unless Heap has taken something meanwhile', () => {
    const { breaker, learn } = createEnvironment()
    for (let times = 0; times < 5; times += 1) learn(failedAt(500, 500))
    expect(breaker.state()).toBe('closed')
    learn(failedAt(500))
    expect(breaker.state()).toBe('open')
  })

  test('does not open for a row that is left alone of a batch', () => {
    const { breaker, learn } = createEnvironment()
    learn(failedAt(10, 90))
    learn({})
    learn(failedAt(2, 8))
    for (let times = 0; times < 5; times += 1) learn(failedAt(1), 1)
    expect(breaker.state()).toBe('closed')
  })

  test('opens for batches of one row', () => {
    const { breaker, learn } = createEnvironment()
    learn(failedAt(1), 1)
    learn(failedAt(1), 1)
    expect(breaker.state()).toBe('open')
  })

  test('stays open when a probe was broken off, or asked nothing', () => {
    const { breaker, learn } = createEnvironment()
    learn(failedAt(1000))
    learn(failedAt(1000))
    const later = Date.now() + 3_600_000
    expect(breaker.canSend(later)).toBe(true)
    learn({ requests: 0 })
    expect(breaker.state()).toBe('open')
    expect(breaker.canSend(later)).toBe(true)
    learn(failedAt(1000), 1000, true)
    expect(breaker.state()).toBe('open')
  })
})
