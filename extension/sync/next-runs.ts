import { Cron } from 'croner'

/**
 * The next times a crontab comes due, in the time zone's own reading of the clock; none for a crontab or a
 * time zone that cannot be read. A fixed time that clocks skip comes when they have;
 * whether Looker's scheduler does the same is not documented.
 */
export function nextRuns(crontab: string, timezone: string, from: Date, count = 3): Date[] {
  try {
    return new Cron(crontab, { mode: '5-part', paused: true, timezone }).nextRuns(count, from)
  } catch {
    return []
  }
}
