import { describe, expect, test } from 'vitest'
import { quieterTime } from './schedule.ts'

describe('a quieter time', () => {
  test.each(['00', '30'])('is proposed for minute %s, in the same hour', (minute) => {
    const time = quieterTime({ kind: 'weekly', days: [1], time: `14:${minute}` }, '42')
    expect(time).toMatch(/^14:[0-5][1379]$/)
  })

  test('is the same for the same Look, and spread over Looks', () => {
    const of = (seed: number) => quieterTime({ kind: 'daily', time: '03:00' }, String(seed))
    expect(of(7)).toBe(of(7))
    expect(new Set(Array.from({ length: 100 }, (_, seed) => of(seed))).size).toBe(8)
  })

  test.each([
    { kind: 'daily', time: '03:15' } as const,
    { kind: 'daily', time: '' } as const,
    { kind: 'hourly', every: 1, minute: 0 } as const,
    { kind: 'datagroup', datagroup: 'a::b' } as const,
  ])('is not proposed for %j', (schedule) => {
    expect(quieterTime(schedule, '1')).toBeNull()
  })
})
