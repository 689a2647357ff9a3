import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shorten } from '../text/shorten.ts'
import type { ImportCounts, RejectionSummary } from './import-counts.ts'
import { NO_ROWS } from './import-counts.ts'
import type { ImportReport } from './import-message.ts'
import { rejectedPercent, reportImport } from './import-message.ts'
import { note, warning } from './remark.ts'

const counts = (given: Partial<ImportCounts>): ImportCounts => ({ ...NO_ROWS, ...given })

function report(given: Partial<Omit<ImportReport, 'counts'>> & { counts: Partial<ImportCounts> }) {
  return reportImport({
    environmentId: '11',
    dryRun: false,
    testRows: null,
    rejections: [],
    failure: null,
    heldBecause: null,
    lastError: null,
    denial: null,
    maxRejectedPercent: 0,
    remarks: [],
    ...given,
    counts: counts(given.counts),
  })
}

function rejection(given: Partial<RejectionSummary> & { count: number }): RejectionSummary {
  return { reason: 'join_key_duplicate', text: null, rows: [], ...given }
}

const tooLong = rejection({ reason: 'join_key_too_long', count: 3, rows: [17, 203] })

describe('the message', () => {
  test('tells the counts and the reasons', () => {
    const verdict = report({
      counts: { received: 10_000, delivered: 9_990, rejected: 10 },
      rejections: [rejection({ count: 7 }), tooLong],
    })
    expect(verdict.message).toBe(
      'Imported 9,990 of 10,000 rows into Heap environment 11. 10 rejected: 7 duplicate join keys, 3 join keys longer than 255 characters (rows 17, 203, ...).',
    )
  })

  test('of a clean import is one sentence', () => {
    expect(report({ counts: { received: 2, delivered: 2 } })).toEqual({
      success: true,
      message: 'Imported 2 of 2 rows into Heap environment 11.',
    })
    expect(report({ counts: { received: 1, delivered: 1 } }).message).toBe(
      'Imported 1 of 1 row into Heap environment 11.',
    )
  })

  test('lists rows without "..." when all are listed, and writes their numbers without commas', () => {
    const of = (count: number, rows: number[]) =>
      report({
        counts: { received: 99_999, delivered: 99_999 - count, rejected: count },
        rejections: [rejection({ count, rows })],
      }).message
    expect(of(1, [12_345])).toMatch(/ \(row 12345\)\.$/)
    expect(of(2, [17, 12_345])).toMatch(/ \(rows 17, 12345\)\.$/)
    expect(of(3, [17, 12_345])).toMatch(/ \(rows 17, 12345, \.\.\.\)\.$/)
  })

  test('quotes what Heap said, shortened', () => {
    const of = (text: string) =>
      report({
        counts: { received: 5, delivered: 3, rejected: 2 },
        rejections: [rejection({ reason: 'heap_refused', count: 2, text, rows: [4, 5] })],
      }).message
    expect(of('bad\n  value')).toMatch(/ 2 rejected: 2 rows refused by Heap \(bad value\) \(rows 4, 5\)\.$/)
    expect(of('x'.repeat(5000)).length).toBeLessThan(350)
  })

  test('of rows that wait for somebody says why, where to decide, and is a failure', () => {
    const unusual = warning('row_limit', 'It may be cut.', 5)
    const { success, message } = report({
      counts: { received: 9, rejected: 1, skipped: 2 },
      rejections: [rejection({ count: 1, rows: [4] })],
      heldBecause: 'It may be cut.',
      remarks: [unusual, note('looker_note', 'Looker notes: x.')],
    })
    expect(success).toBe(false)
    expect(message).toBe(
      'Paused, nothing was sent to Heap: the delivery is unusual, and 6 rows wait for somebody to decide. It may be cut. Open the import in the extension "Heap Data Import" in Looker, and choose "Release and send" or "Discard". After 7 days it is discarded. 1 rejected: 1 duplicate join key (row 4). 2 rows without a join key skipped. Looker notes: x.',
    )
    const one = report({ counts: { received: 1 }, heldBecause: 'So.' })
    expect(one.message).toContain('1 row waits for somebody')
    const cut = report({ counts: { received: 2 }, failure: 'It broke off.', heldBecause: 'So.' })
    expect(cut.message).toMatch(/^It broke off\. Paused, nothing was sent to Heap: .* and 2 rows wait/)
  })

  test('tells how many rows a test has sent', () => {
    const sent = report({ testRows: 2, counts: { received: 4, delivered: 2, rejected: 1, skipped: 1 } })
    expect(sent.message).toMatch(
      /^2 test rows were sent into Heap environment 11; the rest of the Look was not read\. 1 rejected/,
    )
    expect(report({ testRows: 2, counts: { received: 1, delivered: 1 } }).message).toMatch(
      /^1 test row was sent/,
    )
  })

  test('tells of rows still on their way, skipped and replaced', () => {
    const all = { received: 2000, delivered: 1000, skipped: 3, superseded: 4, unchanged: 2 }
    expect(report({ counts: all }).message).toBe(
      'Imported 1,000 of 2,000 rows into Heap environment 11. 991 rows still on their way. 3 rows without a join key skipped. 4 rows replaced by a newer delivery of this sync. 2 rows unchanged since the last delivery and not sent.',
    )
    const one = { received: 4, delivered: 1, skipped: 1, superseded: 1 }
    expect(report({ counts: one }).message).toBe(
      'Imported 1 of 4 rows into Heap environment 11. 1 row still on its way. 1 row without a join key skipped. 1 row replaced by a newer delivery of this sync.',
    )
  })

  test('tells what the last try of rows that wait ended with', () => {
    const counts = { received: 10, delivered: 4 }
    const waiting = 'Imported 4 of 10 rows into Heap environment 11. 6 rows still on their way.'
    expect(report({ counts, lastError: 'HTTP 503' }).message).toBe(
      `${waiting} They are tried again; the last try ended with: HTTP 503.`,
    )
    const done = { received: 10, delivered: 10 }
    expect(report({ counts: done, lastError: 'HTTP 503' }).message).not.toContain('HTTP 503')
  })

  test('of a dry run says that nothing was sent', () => {
    const { message } = report({
      dryRun: true,
      counts: { received: 10, delivered: 9, rejected: 1 },
      rejections: [rejection({ count: 1 })],
    })
    expect(message).toMatch(/^Dry run, nothing was sent: 9 of 10 rows can be imported/)
    expect(message).toContain('1 rejected')
    expect(message).not.toContain('Imported')
  })

  const remarks = [note('looker_note', 'Noted.'), warning('values_cut', '2 values were cut.', 2)]

  test.each<[string, Partial<ImportCounts>, string | null, string]>([
    [
      'a success',
      { received: 1, delivered: 1 },
      null,
      'Imported 1 of 1 row into Heap environment 11. 2 values were cut. Noted.',
    ],
    [
      'no rows',
      {},
      null,
      'The Look returned no rows; nothing was changed in Heap. 2 values were cut. Noted.',
    ],
    ['a failure', {}, 'It broke.', 'It broke. Nothing was imported. 2 values were cut. Noted.'],
    [
      'a failure with rows',
      { received: 1, delivered: 1 },
      'It broke.',
      'It broke. Imported 1 of 1 row into Heap environment 11. 2 values were cut. Noted.',
    ],
  ])('of %s ends with the remarks, warnings first', (_what, counted, failure, message) => {
    expect(report({ counts: counted, failure, remarks }).message).toBe(message)
  })

  test('tells each remark once, and only counts those that are too many', () => {
    const many = Array.from({ length: 20 }, (_, index) => warning('looker_warning', `Warning ${index >> 1}.`))
    const { message } = report({ counts: {}, remarks: many })
    expect(message).toMatch(/Warning 6\. Warning 7\. And 2 more remarks\.$/)
  })
})

describe('the verdict', () => {
  const success = (given: Partial<ImportCounts>, maxRejectedPercent = 0) =>
    report({ counts: given, maxRejectedPercent }).success

  test('by default allows no rejected row', () => {
    expect(success({ received: 100, delivered: 100 })).toBe(true)
    expect(success({ received: 100, delivered: 99, rejected: 1 })).toBe(false)
  })

  test('allows the given percentage, and nothing above it', () => {
    expect(success({ received: 100, delivered: 95, rejected: 5 }, 5)).toBe(true)
    expect(success({ received: 100, delivered: 94, rejected: 6 }, 5)).toBe(false)
    expect(success({ received: 1000, delivered: 997, rejected: 3 }, 0.3)).toBe(true)
    expect(success({ received: 1000, delivered: 996, rejected: 4 }, 0.3)).toBe(false)
    expect(success({ received: 2, delivered: 1, rejected: 1 }, 100)).toBe(true)
  })

  test('takes a share that is exactly the allowed percentage for allowed, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 1, max: 10_000 }),
        (permille, scale) => {
          const received = 1000 * scale
          const rejected = permille * scale
          const limit = Number((permille / 10).toFixed(1))
          expect(success({ received, delivered: received - rejected, rejected }, limit)).toBe(true)
          expect(
            success({ received, delivered: received - rejected - 1, rejected: rejected + 1 }, limit),
          ).toBe(false)
        },
      ),
    )
  })

  test('does not count skipped rows', () => {
    expect(success({ received: 100, delivered: 10, skipped: 90 })).toBe(true)
    expect(success({ received: 100, delivered: 19, rejected: 1, skipped: 80 }, 5)).toBe(true)
    expect(success({ received: 100, delivered: 18, rejected: 2, skipped: 80 }, 5)).toBe(false)
  })

  test.each([
    ['skipped', { received: 10, skipped: 10 }],
    ['rejected', { received: 10, rejected: 10 }],
    ['skipped or rejected', { received: 10, skipped: 4, rejected: 6 }],
  ])('is a failure when every row was %s, whatever is allowed', (_, given) => {
    expect(success(given, 100)).toBe(false)
  })

  test('is a success while accepted rows are on their way, or were replaced by newer ones', () => {
    expect(success({ received: 10, delivered: 2 })).toBe(true)
    expect(success({ received: 10, superseded: 10 })).toBe(true)
  })

  test('is the same for a dry run', () => {
    const dry = { dryRun: true, counts: { received: 10, delivered: 9, rejected: 1 } }
    expect(report(dry).success).toBe(false)
    expect(report({ ...dry, maxRejectedPercent: 10 }).success).toBe(true)
    expect(report({ dryRun: true, counts: { received: 3, skipped: 3 } }).success).toBe(false)
  })
})

test('a Look without rows is a success that says so', () => {
  const verdict = report({ counts: {} })
  expect(verdict.success).toBe(true)
  expect(verdict.message).toContain('no rows')
  expect(verdict.message).not.toContain('Imported')
})

describe('a failure', () => {
  const failure = 'The download broke off. Send the Look again.'

  test('before the first row says that nothing was imported', () => {
    expect(report({ failure, counts: {} })).toEqual({
      success: false,
      message: 'The download broke off. Send the Look again. Nothing was imported.',
    })
  })

  test('after some rows says what became of them', () => {
    const verdict = report({
      failure,
      counts: { received: 500, delivered: 300, rejected: 1, skipped: 9 },
      rejections: [rejection({ count: 1, rows: [4] })],
      maxRejectedPercent: 100,
    })
    expect(verdict).toEqual({
      success: false,
      message:
        'The download broke off. Send the Look again. Imported 300 of 500 rows into Heap environment 11. 190 rows still on their way. 1 rejected: 1 duplicate join key (row 4). 9 rows without a join key skipped.',
    })
  })

  test('after a single row does not forget it', () => {
    expect(report({ failure, counts: { received: 1, delivered: 1 } }).message).toMatch(
      / Imported 1 of 1 row into/,
    )
  })

  test('is one even when all rows that came were delivered', () => {
    expect(report({ failure, counts: { received: 5, delivered: 5 } }).success).toBe(false)
    expect(report({ failure, dryRun: true, counts: { received: 5, delivered: 5 } }).success).toBe(false)
  })
})

test('the rejected percentage is a share of the rows that have a join key', () => {
  expect(rejectedPercent(counts({}))).toBe(0)
  expect(rejectedPercent(counts({ received: 5, skipped: 5 }))).toBe(0)
  expect(rejectedPercent(counts({ received: 10, delivered: 10 }))).toBe(0)
  expect(rejectedPercent(counts({ received: 10, rejected: 10 }))).toBe(100)
  expect(rejectedPercent(counts({ received: 100, rejected: 7 }))).toBe(7)
  expect(rejectedPercent(counts({ received: 30, rejected: 5, skipped: 10 }))).toBe(25)
})

describe('shorten', () => {
  test('makes one line of at most the limit', () => {
    expect(shorten('  a\n b\t c ')).toBe('a b c')
    expect(shorten('x'.repeat(200))).toBe('x'.repeat(200))
    expect(shorten('x'.repeat(201))).toBe(`${'x'.repeat(197)}...`)
    expect(shorten('abcdef', 5)).toBe('ab...')
  })

  test('never halves a character', () => {
    expect(shorten('😀'.repeat(6), 5)).toBe('😀😀...')
    expect(shorten(`x${'😀'.repeat(300)}`).isWellFormed()).toBe(true)
  })
})

describe('when Heap turns requests away', () => {
  const denial = {
    answer: 'HTTP 403 No access.',
    since: new Date('2026-11-25T14:02:33Z'),
    advice: 'Check the proxy.',
    isLong: false,
  }
  const waiting = { received: 10, delivered: 4 }

  test('the answer says since when, what, and what to check', () => {
    expect(report({ counts: waiting, denial })).toEqual({
      success: true,
      message:
        'Imported 4 of 10 rows into Heap environment 11. 6 rows still on their way. Heap has turned away every request since 2026-11-25 14:02 UTC: HTTP 403 No access. Check the proxy. After 15 minutes of that, deliveries into this environment are reported as failed.',
    })
  })

  test('for long it is a failure', () => {
    const { success, message } = report({ counts: waiting, denial: { ...denial, isLong: true } })
    expect(success).toBe(false)
    expect(message).toMatch(
      /No access\. Check the proxy\. The rows are kept and tried until they are 24 hours old\.$/,
    )
  })

  test('a long answer is cut', () => {
    const { message } = report({ counts: waiting, denial: { ...denial, answer: 'x'.repeat(5_000) } })
    expect(message.length).toBeLessThan(700)
  })

  test('it is also told when the Look itself failed', () => {
    const { message } = report({ counts: waiting, denial, failure: 'The download broke off.' })
    expect(message).toContain('HTTP 403 No access. Check the proxy.')
  })
})
