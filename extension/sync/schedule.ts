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
