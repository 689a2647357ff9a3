import { describe, expect, test } from 'vitest'
import { REJECTION_TEXTS } from '../../shared/report/import-counts.ts'
import { aHealth } from '../testing/a-health.ts'
import { aRun } from '../testing/a-run.ts'
import { anImport } from '../testing/an-import.ts'
import { ago, clockTime, formatDuration } from './duration.ts'
import { adviceFor } from './reason-advice.ts'
import { outcomeOf, runInWords } from './run-outcome.ts'
import { speedInWords, stageInWords } from './stage-words.ts'
import { syncSentence } from './sync-sentence.ts'

const NOW = new Date('2026-03-05T12:00:00')
const minutesBack = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

describe('times', () => {
  test.each([
    [0.2, 'under 1 s'],
    [1, '1 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
    [3600 * 72, '3 days'],
  ])('%d seconds last %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words)
  })

  test.each([
    [0, 'just now'],
    [-3, 'just now'],
    [5, '5 min ago'],
    [150, '2 h ago'],
    [60 * 24 * 3 + 5, '3 days ago'],
  ])('%d minutes back is %s', (minutes, words) => {
    expect(ago(minutesBack(minutes), NOW)).toBe(words)
  })

  test('a time of another day says which', () => {
    expect(clockTime(minutesBack(30), NOW, 'en-GB')).toBe('11:30')
    expect(clockTime(minutesBack(24 * 60), NOW, 'en-GB')).toBe('4 Mar, 12:00')
  })
})

describe('a run', () => {
  test.each([
    [aRun(), 'well', '60 rows'],
    [aRun({ dryRun: true }), 'well', '60 rows checked'],
    [aRun({ counts: { received: 0, delivered: 0 } }), 'well', 'No rows'],
    [aRun({ counts: { received: 1, delivered: 1 } }), 'well', '1 row'],
    [aRun({ counts: { delivered: 0, superseded: 60, unchanged: 0 } }), 'well', 'All replaced by a newer run'],
    [aRun({ counts: { delivered: 45, rejected: 15 } }), 'partly', '15 rejected'],
    [aRun({ success: false, counts: { delivered: 45, rejected: 15 } }), 'failed', 'Failed, 15 rejected'],
    [aRun({ success: false, counts: { delivered: 0, rejected: 60 } }), 'failed', 'Failed, all 60 rejected'],
    [aRun({ success: false, counts: { received: 0, delivered: 0 } }), 'failed', 'Failed, no rows came'],
    [aRun({ success: false, counts: { delivered: 20, skipped: 40 } }), 'failed', 'Failed, 20 of 60 arrived'],
    [
      aRun({ state: 'reading', success: null, counts: { received: 0, delivered: 0 } }),
      'running',
      'Waiting for rows',
    ],
    [aRun({ state: 'reading', success: null, counts: { delivered: 0 } }), 'running', '60 rows read'],
    [aRun({ state: 'sending', success: null, counts: { delivered: 20 } }), 'running', '20 of 60 sent'],
    [aRun({ state: 'held', success: null, counts: { delivered: 0 } }), 'held', '60 rows held'],
    // What the server has not decided is no success.
    [aRun({ success: null }), 'failed', 'Failed, 60 of 60 arrived'],
  ] as const)('%# is told', (run, outcome, words) => {
    expect([outcomeOf(run), runInWords(run)]).toEqual([outcome, words])
  })
})

describe('what an import does', () => {
  const heap = { retries: 3, lastError: 'HTTP 503.', nextTryAt: minutesBack(-32).toISOString(), denial: null }
  const counts = { received: 60, delivered: 20, rejected: 0, skipped: 0, superseded: 0, unchanged: 0 }
  const told = (change: Parameters<typeof anImport>[0]) =>
    stageInWords(anImport({ counts, pending: 40, ...change }), NOW, 'en-GB')

  test('is one sentence', () => {
    expect(told({ stage: 'waiting_for_looker' })).toBe('Waiting for Looker to deliver the first row.')
    expect(told({ stage: 'reading' })).toBe(
      'Reading the rows that Looker delivers: 60 so far, 20 already in Heap.',
    )
    expect(told({ stage: 'sending' })).toBe('Sending to Heap: 20 of 60 rows have arrived.')
    expect(told({ stage: 'waiting_for_heap', heap })).toBe(
      'Waiting for Heap until 12:32, because it answered: HTTP 503. 40 rows are kept and tried again.',
    )
    expect(
      told({
        stage: 'waiting_for_heap',
        pending: 1,
        heap: { ...heap, nextTryAt: minutesBack(1).toISOString(), lastError: null },
      }),
    ).toBe('Waiting for Heap. 1 row is kept and tried again.')
    expect(told({ stage: 'held', heldBecause: 'No rows, 60 are usual.' })).toBe('No rows, 60 are usual.')
  })

  test('is told with its speed where that is known', () => {
    const stage = { name: 'sending' as const, startedAt: '', endedAt: null, rows: 20 }
    const speed = (rowsPerSecond: number | null, secondsLeft: number | null) =>
      speedInWords(anImport({ secondsLeft, stages: [{ ...stage, rowsPerSecond }] }))
    expect(speed(1234.5, 200)).toBe('1,235 rows per second, about 3 min 20 s left')
    expect(speed(0.25, null)).toBe('0.3 rows per second')
    expect(speed(null, null)).toBeNull()
    expect(speed(0, null)).toBeNull()
  })
})

describe('how a sync is', () => {
  const is = (change: Parameters<typeof aHealth>[0], paused = false) =>
    syncSentence(aHealth({ stateSince: minutesBack(180).toISOString(), ...change }), paused, NOW, 'en-GB')
  const due = { at: minutesBack(60).toISOString(), by: 'rhythm' as const, late: true }
  const last = aRun({ finishedAt: minutesBack(120).toISOString() })

  test.each([
    [
      { state: 'well', lastImport: last },
      'positive',
      /^All is well: the last run 2 h ago brought 60 rows into Heap\.$/,
    ],
    [{ state: 'new', lastImport: null, due: null }, 'inform', /^Nothing has been delivered yet\.$/],
    [
      { state: 'new', lastImport: null, due },
      'inform',
      /; the first run is due 11:00, going by its usual rhythm\.$/,
    ],
    [
      { state: 'late', due, lastSuccessAt: minutesBack(120).toISOString() },
      'critical',
      /^Late: a run was due 11:00, going by its usual rhythm, and none has come\. The last success was 2 h ago\.$/,
    ],
    [
      { state: 'failing', lastImport: { ...last, success: false }, lastSuccessAt: null },
      'critical',
      /^Failing since 09:00: failed, 60 of 60 arrived\. None has succeeded yet\.$/,
    ],
    [
      { state: 'rejected_rows', lastImport: aRun({ counts: { delivered: 45, rejected: 15 } }) },
      'warn',
      /15 of 60 rows out/,
    ],
    [{ state: 'waiting' }, 'warn', /^Heap turns its rows away since 09:00\. Nothing is lost/],
    [{ state: 'held' }, 'warn', /^Held since 09:00/],
    [{ state: 'running' }, 'inform', /^A delivery is under way since 09:00\.$/],
  ] as const)('%j', (change, intent, words) => {
    const sentence = is(change)
    expect(sentence.intent).toBe(intent)
    expect(sentence.is).toMatch(words)
    expect(sentence.todo === null).toBe(intent === 'positive' || intent === 'inform')
  })

  test('is not late while it is paused', () => {
    expect(is({ state: 'late', due }, true)).toMatchObject({
      intent: 'inform',
      is: 'Paused in Looker, so no run comes.',
    })
  })
})

test('every reason has an advice of its own', () => {
  const reasons = Object.keys(REJECTION_TEXTS)
  expect(new Set(reasons.map(adviceFor)).size).toBe(reasons.length)
  for (const reason of reasons) expect(adviceFor(reason)).not.toContain('does not know')
  expect(adviceFor('toString')).toContain('does not know')
})
