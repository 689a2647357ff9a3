import { Cron } from 'croner'

/** When Looker delivers: five fields as a plan has them, in the time of a place. */
export type CronSchedule = { crontab: string; timeZone: string }

/** What is wrong with a schedule; null: nothing. */
export function scheduleFault({ crontab, timeZone }: CronSchedule): string | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    return 'The time zone is not known: give its IANA name, such as Europe/Paris.'
  }
  try {
    return cron({ crontab, timeZone }).nextRun() === null ? 'The crontab names no time that will come.' : null
  } catch {
    return 'The crontab is not one: give five fields, such as 0 6 * * 1-5.'
  }
}

/** The first time of a schedule after a moment; null: there is none. @throws Error for what has a fault */
export function nextTime(schedule: CronSchedule, after: Date): Date | null {
  return cron(schedule).nextRun(after)
}

function cron({ crontab, timeZone }: CronSchedule): Cron {
  return new Cron(crontab.trim(), { mode: '5-part', timezone: timeZone, paused: true })
}
