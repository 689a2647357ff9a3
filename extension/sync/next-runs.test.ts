import { expect, test } from 'vitest'
import { nextRuns } from './next-runs.ts'

const runs = (crontab: string, timezone: string, from: string) =>
  nextRuns(crontab, timezone, new Date(from)).map((run) => run.toISOString())

test('the next three runs are in the time zone of the sync', () => {
  expect(runs('15 3 * * *', 'America/New_York', '2026-01-10T12:00:00Z')).toEqual([
    '2026-01-11T08:15:00.000Z',
    '2026-01-12T08:15:00.000Z',
    '2026-01-13T08:15:00.000Z',
  ])
})

test('they follow the clocks into summer time', () => {
  expect(runs('30 6 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toEqual([
    '2026-03-29T04:30:00.000Z',
    '2026-03-30T04:30:00.000Z',
    '2026-03-31T04:30:00.000Z',
  ])
})

test('a time that the clocks skip comes when they have', () => {
  expect(runs('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z').slice(0, 2)).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ])
})

test('a time that the clocks show twice comes once', () => {
  expect(runs('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z').slice(0, 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ])
})

test('a day that months lack is left out', () => {
  expect(runs('0 0 31 * *', 'UTC', '2026-01-31T12:00:00Z')).toEqual([
    '2026-03-31T00:00:00.000Z',
    '2026-05-31T00:00:00.000Z',
    '2026-07-31T00:00:00.000Z',
  ])
})

test.each([
  ['nonsense', 'UTC'],
  ['0 0 * * *', 'Mars/Olympus'],
])('there are none for %s in %s', (crontab, timezone) => {
  expect(runs(crontab, timezone, '2026-01-01T00:00:00Z')).toEqual([])
})
