import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crontabProblem, fromCrontab, toCrontab } from './crontab.ts'
import type { Schedule } from './schedule.ts'
import { defaultSchedule, HOURLY_STEPS } from './schedule.ts'

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({
    kind: fc.constant('hourly' as const),
    every: fc.constantFrom(...HOURLY_STEPS),
    minute: fc.nat(59),
  }),
  fc.record({ kind: fc.constant('daily' as const), time }),
  fc.record({
    kind: fc.constant('weekly' as const),
    days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
    time,
  }),
  fc.record({ kind: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }), time }),
)

describe('a schedule', () => {
  test('comes back from its crontab as it was', () => {
    fc.assert(
      fc.property(schedule, (one) => {
        expect(fromCrontab(toCrontab(one) ?? '')).toEqual(one)
      }),
    )
  })

  test('makes a crontab that Looker can read', () => {
    fc.assert(
      fc.property(schedule, (one) => {
        expect(crontabProblem(toCrontab(one) ?? '')).toBeNull()
      }),
    )
  })

  test.each([
    [defaultSchedule('hourly'), '15 * * * *'],
    [{ kind: 'hourly', every: 6, minute: 0 }, '0 */6 * * *'],
    [defaultSchedule('daily'), '15 3 * * *'],
    [{ kind: 'weekly', days: [5, 1], time: '08:05' }, '5 8 * * 1,5'],
    [{ kind: 'monthly', day: 31, time: '00:00' }, '0 0 31 * *'],
    [{ kind: 'cron', crontab: ' 0  4 * * 1-5 ' }, '0 4 * * 1-5'],
    [{ kind: 'once' }, null],
    [{ kind: 'datagroup', datagroup: 'nightly' }, null],
  ] satisfies [Schedule, string | null][])('%j is %s', (one, crontab) => {
    expect(toCrontab(one)).toBe(crontab)
  })
})

describe('a crontab of others', () => {
  test.each([
    ['0 4 * * 1-5', { kind: 'weekly', days: [1, 2, 3, 4, 5], time: '04:00' }],
    ['0 4 * * 7', { kind: 'weekly', days: [0], time: '04:00' }],
    ['0 4 * * 5-7', { kind: 'weekly', days: [0, 5, 6], time: '04:00' }],
  ])('%s is the simple schedule it means', (crontab, expected) => {
    expect(fromCrontab(crontab)).toEqual(expected)
  })

  test.each([
    '*/5 * * * *',
    '0 */5 * * *',
    '0 4 1 * 1',
    '0 4 * 6 *',
    '0 4,16 * * *',
    '0 4 * * MON',
    '0 4 0 * *',
    '0 4 * *',
    '60 4 * * *',
    '0 24 * * *',
    '0 4 * * 5-1',
  ])('%s stays a crontab', (crontab) => {
    expect(fromCrontab(crontab)).toEqual({ kind: 'cron', crontab })
  })
})

describe('a crontab that is typed', () => {
  test.each(['15 3 * * *', '*/10 0-6 1,15 * MON-FRI', '0 0 29 2 *', '0 4 * JAN,JUL *'])(
    '%s is fine',
    (crontab) => {
      expect(crontabProblem(crontab)).toBeNull()
    },
  )

  test.each([
    ['15 3 * *', 'five fields'],
    ['', 'five fields'],
    ['0 15 3 * * *', 'five fields'],
    ['15 3 L * *', 'digits'],
    ['15 3 * * 1#2', 'digits'],
    ['@daily x x x x', 'digits'],
    ['61 3 * * *', 'range'],
    ['0 0 31 2 *', 'never runs'],
  ])('%s is refused', (crontab, why) => {
    expect(crontabProblem(crontab)).toContain(why)
  })
})
