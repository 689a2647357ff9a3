/** When a sync runs. Times are `HH:MM` in the sync's time zone; Sunday is day 0. */
export type Schedule =
  | { kind: 'once' }
  | { kind: 'hourly'; every: number; minute: number }
  | { kind: 'daily'; time: string }
  | { kind: 'weekly'; days: number[]; time: string }
  | { kind: 'monthly'; day: number; time: string }
  | { kind: 'cron'; crontab: string }
  /** `model::name` */
  | { kind: 'datagroup'; datagroup: string }

export type ScheduleKind = Schedule['kind']

/** Hours that divide a day, so that the distance between two runs stays the same over midnight. */
export const HOURLY_STEPS = [1, 2, 3, 4, 6, 8, 12]

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** At night, when a Look's query disturbs nobody, and not on the hour, when everybody else's runs. */
const DEFAULT_TIME = '03:15'

export function defaultSchedule(kind: ScheduleKind): Schedule {
  switch (kind) {
    case 'once':
      return { kind }
    case 'hourly':
      return { kind, every: 1, minute: 15 }
    case 'daily':
      return { kind, time: DEFAULT_TIME }
    case 'weekly':
      return { kind, days: [1], time: DEFAULT_TIME }
    case 'monthly':
      return { kind, day: 1, time: DEFAULT_TIME }
    case 'cron':
      return { kind, crontab: '15 3 * * *' }
    case 'datagroup':
      return { kind, datagroup: '' }
  }
}

/** Minutes at which few people let something run. */
const QUIET_MINUTES = ['07', '13', '19', '23', '37', '41', '47', '53']

/**
 * A time for a schedule on the full hour or half, when most others run as well; null for one that is not.
 *
 * @param seed the same proposes the same; others most often another minute
 */
export function quieterTime(schedule: Schedule, seed: string): string | null {
  if (!('time' in schedule) || !/:(00|30)$/.test(schedule.time)) return null
  const sum = [...seed].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7)
  return `${schedule.time.slice(0, 2)}:${QUIET_MINUTES[sum % QUIET_MINUTES.length] ?? '07'}`
}
