import type { CronSchedule } from './cron-schedule.ts'
import { nextTime } from './cron-schedule.ts'
import { rhythmOf } from './rhythm.ts'

/** When the next delivery of a sync is expected. */
export type Due = { at: Date; by: 'schedule' | 'rhythm'; late: boolean }

type Deliveries = {
  /** When the last ones began, in any order. */
  starts: readonly Date[]
  /** Null: nobody has told one with times. */
  schedule: { times: CronSchedule; toldAt: Date } | null
  now: Date
}

const MINUTE = 60_000

/** Looker begins when it has a worker for it, and runs the query before it calls. */
export const GRACE_MS = 30 * MINUTE

/** What comes a little before its time by our clock is of that time. */
const CLOCKS_MS = MINUTE

/** Null: nothing is known of when it comes. */
export function dueOf({ starts, schedule, now }: Deliveries): Due | null {
  const last = starts.length === 0 ? null : Math.max(...starts.map((start) => start.getTime()))
  if (schedule !== null) {
    const from = Math.max(schedule.toldAt.getTime(), last === null ? 0 : last + CLOCKS_MS)
    const at = nextTime(schedule.times, new Date(from))
    return at && { at, by: 'schedule', late: now.getTime() > at.getTime() + GRACE_MS }
  }
  const rhythm = rhythmOf(starts)
  if (rhythm === null || last === null) return null
  const late = now.getTime() > last + rhythm.longest + Math.max(GRACE_MS, rhythm.usual / 4)
  return { at: new Date(last + rhythm.usual), by: 'rhythm', late }
}
