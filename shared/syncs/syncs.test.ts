import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextTime, scheduleFault } from './cron-schedule.ts'
import { dueOf, GRACE_MS } from './due.ts'
import { median } from './median.ts'
import { rhythmOf } from './rhythm.ts'
import { syncState } from './sync-state.ts'
import { usualRows } from './usual-rows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const date = fc.date({ min: new Date('2020-01-01Z'), max: new Date('2035-01-01Z'), noInvalidDate: true })

describe('the median', () => {
  test('has as many values below it as above it, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }), (values) => {
        const middle = median(values)!
        const below = values.filter((value) => value < middle).length
        const above = values.filter((value) => value > middle).length
        expect(below).toBeLessThanOrEqual(values.length / 2)
        expect(above).toBeLessThanOrEqual(values.length / 2)
        expect(median([...values].reverse())).toBe(middle)
      }),
    )
  })

  test('of none is none', () => {
    expect(median([])).toBeNull()
    expect(usualRows([])).toBeNull()
  })
})

test('usual are the rows of the newest ten', () => {
  expect(usualRows([10, 20])).toBe(15)
  expect(
    usualRows([...Array.from({ length: 10 }, () => 7), ...Array.from({ length: 90 }, () => 1_000_000)]),
  ).toBe(7)
})

describe('the rhythm', () => {
  const every = (gap: number, count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => new Date(from + index * gap))

  test('of deliveries that come about as often is found in any order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60_000, max: 30 * DAY }),
        fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 4, maxLength: 10 }),
        (gap, shifts) => {
          const starts = shifts.map((shift, index) => new Date((index + shift) * gap))
          const rhythm = rhythmOf([...starts].reverse())!
          expect(rhythm.usual).toBeGreaterThanOrEqual(gap * 0.79)
          expect(rhythm.usual).toBeLessThanOrEqual(gap * 1.21)
          expect(rhythm.longest).toBeGreaterThanOrEqual(rhythm.usual)
        },
      ),
    )
  })

  test('is in none that are few, at once, or sent now and then', () => {
    expect(rhythmOf([])).toBeNull()
    expect(rhythmOf(every(HOUR, 3))).toBeNull()
    expect(rhythmOf(every(0, 10))).toBeNull()
    expect(rhythmOf([0, 1, 5, 6, 20, 22, 60].map((hours) => new Date(hours * HOUR)))).toBeNull()
  })

  test('bears a weekend', () => {
    const days = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12].map((day) => new Date(Date.UTC(2026, 5, day, 6)))
    const due = (now: Date) => dueOf({ starts: days, schedule: null, now })
    expect(rhythmOf(days)).toEqual({ usual: DAY, longest: 3 * DAY })
    expect(due(new Date(Date.UTC(2026, 5, 14, 12)))).toMatchObject({ by: 'rhythm', late: false })
    expect(due(new Date(Date.UTC(2026, 5, 15, 13)))).toMatchObject({ by: 'rhythm', late: true })
  })
})

describe('due', () => {
  const daily = { crontab: '0 6 * * *', timeZone: 'Europe/Paris' }

  test('is never before the last delivery, and late only after it', () => {
    fc.assert(
      fc.property(fc.array(date, { maxLength: 10 }), date, fc.option(date), (starts, now, toldAt) => {
        const due = dueOf({ starts, now, schedule: toldAt && { times: daily, toldAt } })
        if (toldAt) expect(due?.by).toBe('schedule')
        if (due === null) return
        for (const start of starts) expect(due.at.getTime()).toBeGreaterThan(start.getTime())
        if (due.late)
          expect(now.getTime()).toBeGreaterThan(due.at.getTime() + Math.min(GRACE_MS, HOUR / 2) - 1)
        if (toldAt) expect(due.late).toBe(now.getTime() > due.at.getTime() + GRACE_MS)
      }),
    )
  })

  test('by a schedule is at its local time on both sides of a change of clocks', () => {
    expect(nextTime(daily, new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-29T04:00:00Z'))
    expect(nextTime(daily, new Date('2026-03-27T12:00:00Z'))).toEqual(new Date('2026-03-28T05:00:00Z'))
  })

  test('counts a delivery that came seconds early as the one that was due', () => {
    const schedule = { times: daily, toldAt: new Date('2026-01-01Z') }
    const starts = [new Date('2026-06-01T03:59:58Z')]
    expect(dueOf({ starts, schedule, now: new Date('2026-06-01T12:00:00Z') })).toEqual({
      at: new Date('2026-06-02T04:00:00Z'),
      by: 'schedule',
      late: false,
    })
  })

  test('is not in the past of a schedule that has just been told', () => {
    const schedule = { times: daily, toldAt: new Date('2026-06-01T12:00:00Z') }
    const due = dueOf({ starts: [new Date('2026-05-01Z')], schedule, now: new Date('2026-06-01T12:01:00Z') })
    expect(due).toMatchObject({ at: new Date('2026-06-02T04:00:00Z'), late: false })
  })

  test.each([
    ['0 6 * * *', 'UTC', null],
    ['*/5 0-23 1,15 JAN-DEC MON', 'America/New_York', null],
    ['0 6 * *', 'UTC', /five fields/],
    ['* * * * * *', 'UTC', /five fields/],
    ['@daily', 'UTC', /five fields|^$/],
    ['61 6 * * *', 'UTC', /five fields/],
    ['0 0 30 2 *', 'UTC', /no time/],
    ['0 6 * * *', 'Mars/Olympus', /time zone/],
    ['0 6 * * *', '', /time zone/],
  ])('%j in %j', (crontab, timeZone, fault) => {
    if (fault === null) expect(scheduleFault({ crontab, timeZone })).toBeNull()
    else expect(scheduleFault({ crontab, timeZone }) ?? '').toMatch(fault)
  })
})

describe('the state of a sync', () => {
  const facts = fc.record({
    ended: fc.option(
      fc.record({
        state: fc.constantFrom('well' as const, 'rejected_rows' as const, 'failing' as const),
        since: date,
      }),
    ),
    open: fc.array(fc.record({ startedAt: date, isHeld: fc.boolean(), deniedSince: fc.option(date) }), {
      maxLength: 3,
    }),
    lateSince: fc.option(date),
    knownSince: date,
  })

  test('is told by what is the most pressing', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const { state } = syncState(known)
        const { ended, open, lateSince } = known
        if (open.some(({ isHeld }) => isHeld)) expect(state).toBe('held')
        else if (open.some(({ deniedSince }) => deniedSince !== null)) expect(state).toBe('waiting')
        else if (open.length > 0) expect(state).toBe('running')
        else if (ended?.state === 'failing') expect(state).toBe('failing')
        else if (lateSince !== null) expect(state).toBe('late')
        else expect(state).toBe(ended?.state ?? 'new')
      }),
    )
  })

  test('began when something of it did', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const { ended, open, lateSince, knownSince } = known
        const moments = [
          knownSince,
          ended?.since,
          lateSince,
          ...open.flatMap((one) => [one.startedAt, one.deniedSince]),
        ]
        expect(moments).toContainEqual(syncState(known).since)
      }),
    )
  })
})
