import { describe, expect, it } from 'vitest'
import { createCircuitBreaker } from './circuit-breaker.ts'

const options = { threshold: 3, pauseMs: 1000, maxPauseMs: 3000, probeTimeoutMs: 10_000 }

function createOpen() {
  const breaker = createCircuitBreaker(options)
  for (let failure = 0; failure < 3; failure += 1) breaker.onFailure(0)
  return breaker
}

it('opens after failures in a row', () => {
  const breaker = createCircuitBreaker(options)
  breaker.onFailure(0)
  breaker.onFailure(0)
  breaker.onSuccess()
  breaker.onFailure(0)
  breaker.onFailure(0)
  expect(breaker.canSend(0)).toBe(true)
  breaker.onFailure(0)
  expect(breaker.canSend(0)).toBe(false)
  expect(breaker.retryAt(0)).toBe(1000)
})

it('lets a single probe through after the pause, and closes when it succeeds', () => {
  const breaker = createOpen()
  expect(breaker.canSend(999)).toBe(false)
  expect(breaker.canSend(1000)).toBe(true)
  expect(breaker.canSend(1000)).toBe(false)
  expect(breaker.state()).toBe('probing')
  breaker.onSuccess()
  expect(breaker.canSend(1000)).toBe(true)
  expect(breaker.canSend(1000)).toBe(true)
})

it('pauses twice as long after every failed probe, up to a limit', () => {
  const breaker = createOpen()
  const pauses = []
  let now = 1000
  for (let probe = 0; probe < 3; probe += 1) {
    expect(breaker.canSend(now)).toBe(true)
    breaker.onFailure(now)
    pauses.push(breaker.retryAt(now) - now)
    now = breaker.retryAt(now)
  }
  expect(pauses).toEqual([2000, 3000, 3000])
})

it('obeys Retry-After at once, and while it is open', () => {
  const breaker = createCircuitBreaker(options)
  breaker.onFailure(0, { retryAfterMs: 60_000 })
  expect(breaker.canSend(59_999)).toBe(false)
  breaker.onFailure(10_000, { retryAfterMs: 70_000 })
  expect(breaker.retryAt(0)).toBe(80_000)
  breaker.onFailure(10_000)
  expect(breaker.retryAt(0)).toBe(80_000)
  expect(breaker.canSend(80_000)).toBe(true)
})

it('does not take an answer from before it opened for a probe', () => {
  const breaker = createOpen()
  breaker.onSuccess()
  expect(breaker.canSend(500)).toBe(false)
})

it('probes anew when a probe was never reported or given up', () => {
  const breaker = createOpen()
  expect(breaker.canSend(1000)).toBe(true)
  expect(breaker.canSend(10_999)).toBe(false)
  expect(breaker.canSend(11_000)).toBe(true)
  breaker.onAbandoned(11_500)
  expect(breaker.canSend(11_500)).toBe(true)
})

it('has a next time for requests that may go at once', () => {
  expect(createCircuitBreaker().retryAt(7)).toBe(7)
  expect(createOpen().retryAt(5000)).toBe(5000)
})

it('opens at once for what the next request will meet as well', () => {
  const breaker = createCircuitBreaker(options)
  breaker.onFailure(0, { isCertain: true })
  expect(breaker.canSend(0)).toBe(false)
  expect(breaker.retryAt(0)).toBe(1000)
})

describe('what has waited too long is given up', () => {
  function createGivingUp() {
    const breaker = createOpen()
    breaker.canSend(1000)
    breaker.onFailure(1000, { isTooOld: true })
    return breaker
  }

  it('after a probe in vain of that age, and is taken for that although the circuit is open', () => {
    const breaker = createGivingUp()
    expect(breaker.isGivingUp()).toBe(true)
    expect(breaker.isPaused(1500)).toBe(false)
    expect(breaker.canSend(1500)).toBe(false)
  })

  it('not for failures that opened the circuit, nor after a probe with other rows', () => {
    const breaker = createCircuitBreaker(options)
    for (let failure = 0; failure < 4; failure += 1) breaker.onFailure(0, { isTooOld: true })
    expect(breaker.isGivingUp()).toBe(false)
    expect(breaker.isPaused(500)).toBe(true)
    breaker.canSend(1000)
    breaker.onFailure(1000)
    expect(breaker.isGivingUp()).toBe(false)
  })

  it('no longer while the next probe is out, nor once Heap is well', () => {
    const breaker = createGivingUp()
    expect(breaker.canSend(3000)).toBe(true)
    expect(breaker.isGivingUp()).toBe(false)
    breaker.onSuccess()
    expect(breaker.isGivingUp()).toBe(false)
    for (let failure = 0; failure < 3; failure += 1) breaker.onFailure(4000)
    expect(breaker.isGivingUp()).toBe(false)
    expect(breaker.isPaused(4000)).toBe(true)
  })

  it('until rows come that may wait on', () => {
    const breaker = createGivingUp()
    breaker.onYoungRows()
    expect(breaker.isPaused(1500)).toBe(true)
    breaker.canSend(3000)
    breaker.onYoungRows()
    expect(breaker.state()).toBe('probing')
  })
})
