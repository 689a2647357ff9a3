import { toString as cronInWords } from 'cronstrue'
import { datagroupInWords } from './datagroup.ts'
import type { Schedule } from './schedule.ts'
import { WEEKDAYS } from './schedule.ts'

/** The schedule as a phrase without the time zone: `Every day at 03:15`. */
export function scheduleInWords(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'once':
      return 'Once, right away'
    case 'hourly':
      return `${schedule.every === 1 ? 'Every hour' : `Every ${schedule.every} hours`}, at minute ${schedule.minute}`
    case 'daily':
      return `Every day at ${schedule.time}`
    case 'weekly':
      return `Every ${daysInWords(schedule.days)} at ${schedule.time}`
    case 'monthly':
      return `On day ${schedule.day} of every month at ${schedule.time}`
    case 'datagroup':
      return `Whenever the datagroup ${datagroupInWords(schedule.datagroup)} triggers`
    case 'cron':
      return crontabInWords(schedule.crontab)
  }
}

function daysInWords(days: readonly number[]): string {
  if (days.length === 7) return 'day'
  if ([...days].sort().join() === '1,2,3,4,5') return 'weekday, Monday to Friday,'
  // The week starts on Monday, as in ISO 8601.
  const inWeek = [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
  const names = inWeek.map((day) => WEEKDAYS[day] ?? '')
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function crontabInWords(crontab: string): string {
  try {
    return cronInWords(crontab, { use24HourTimeFormat: true })
  } catch {
    return crontab
  }
}
