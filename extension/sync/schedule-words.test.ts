import { expect, test } from 'vitest'
import type { Schedule } from './schedule.ts'
import { scheduleInWords } from './schedule-words.ts'

test.each([
  [{ kind: 'once' }, 'Once, right away'],
  [{ kind: 'hourly', every: 1, minute: 15 }, 'Every hour, at minute 15'],
  [{ kind: 'hourly', every: 6, minute: 0 }, 'Every 6 hours, at minute 0'],
  [{ kind: 'daily', time: '03:15' }, 'Every day at 03:15'],
  [{ kind: 'weekly', days: [1], time: '03:15' }, 'Every Monday at 03:15'],
  [{ kind: 'weekly', days: [0, 1, 4], time: '03:15' }, 'Every Monday, Thursday and Sunday at 03:15'],
  [{ kind: 'weekly', days: [5, 4, 3, 2, 1], time: '03:15' }, 'Every weekday, Monday to Friday, at 03:15'],
  [{ kind: 'weekly', days: [0, 1, 2, 3, 4, 5, 6], time: '03:15' }, 'Every day at 03:15'],
  [{ kind: 'monthly', day: 1, time: '03:15' }, 'On day 1 of every month at 03:15'],
  [{ kind: 'cron', crontab: '*/5 * * * *' }, 'Every 5 minutes'],
  [{ kind: 'cron', crontab: 'no crontab' }, 'no crontab'],
  [{ kind: 'datagroup', datagroup: 'nightly' }, 'Whenever the datagroup nightly triggers'],
] satisfies [Schedule, string][])('%j: %s', (schedule, words) => {
  expect(scheduleInWords(schedule)).toBe(words)
})
