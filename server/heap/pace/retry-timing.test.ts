import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DELAY_MS, MAX_RETRY_AFTER_MS, parseRetryAfter, retryDelayMs } from './retry-timing.ts'

const NOW = Date.UTC(1994, 10, 6, 8, 49, 7)

describe('the pause before a retry', () => {
  it('grows from up to 1 s to up to 5 min', () => {
    const longest = [1, 2, 3, 8, 9, 10, 5000].map((failures) => retryDelayMs(failures, 0, () => 0.999999))
    expect(longest).toEqual([999, 1999, 3999, 127_999, 255_999, 299_999, 299_999])
  })

  it('is anywhere between nothing and its ceiling, on top of what Heap asked for', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(MAX_RETRY_AFTER_MS), random, (failures, asked, draw) => {
        const delay = retryDelayMs(failures, asked, () => draw)
        expect(delay).toBeGreaterThanOrEqual(asked)
        expect(delay).toBeLessThan(asked + MAX_DELAY_MS)
        expect(Number.isInteger(delay)).toBe(true)
      }),
    )
    expect(retryDelayMs(3, 500, () => 0)).toBe(500)
    const short = { baseMs: 10, maxMs: 100, maxRetryAfterMs: 200 }
    expect(retryDelayMs(3, 500, () => 0.5, short)).toBe(220)
    expect(retryDelayMs(30, 0, () => 0.5, short)).toBe(50)
    expect(retryDelayMs(3, 500, () => 0.5)).toBe(2500)
  })
})

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['3600', MAX_RETRY_AFTER_MS],
    ['3601', MAX_RETRY_AFTER_MS],
    ['9'.repeat(400), MAX_RETRY_AFTER_MS],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
    ['Sun Nov  6 08:49:37 1994', 30_000],
    ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ['Tue, 06 Nov 2040 08:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('%s', (header, delay) => {
    expect(parseRetryAfter(header, NOW)).toBe(delay)
  })

  it.each([
    undefined,
    '',
    'soon',
    '-1',
    '1.5',
    '1e3',
    '12 s',
    '2040-01-01',
    'Sun, 06',
    'Sun, 99 Foo 1994 08:00:00 GMT',
  ])('ignores %s', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined()
  })

  it('is within an hour or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const delay = parseRetryAfter(header, NOW) ?? 0
        expect(delay >= 0 && delay <= MAX_RETRY_AFTER_MS).toBe(true)
      }),
    )
  })
})
