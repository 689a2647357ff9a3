import { Cron } from 'croner'
import type { Schedule } from './schedule.ts'
import { HOURLY_STEPS } from './schedule.ts'

/** The schedule as Looker's five crontab fields; null for one that the clock does not trigger. */
export function toCrontab(schedule: Schedule): string | null {
  switch (schedule.kind) {
    case 'hourly':
      return `${schedule.minute} ${schedule.every === 1 ? '*' : `*/${schedule.every}`} * * *`
    case 'daily':
      return `${minuteAndHour(schedule.time)} * * *`
    case 'weekly':
      return `${minuteAndHour(schedule.time)} * * ${[...schedule.days].sort().join(',')}`
    case 'monthly':
      return `${minuteAndHour(schedule.time)} ${schedule.day} * *`
    case 'cron':
      return schedule.crontab.trim().replace(/\s+/g, ' ')
    default:
      return null
  }
}

function minuteAndHour(time: string): string {
  const [hour, minute] = time.split(':')
  return `${Number(minute)} ${Number(hour)}`
}

/** The simplest schedule that a crontab means; `cron` when it is none of the simple ones. */
export function fromCrontab(crontab: string): Schedule {
  const text = crontab.trim().replace(/\s+/g, ' ')
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = text.split(' ')
  const other: Schedule = { kind: 'cron', crontab: text }
  if (!isNumber(minute, 59) || month !== '*' || text.split(' ').length !== 5) return other

  const every = hour === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(hour)?.[1])
  if (HOURLY_STEPS.includes(every) && day === '*' && weekday === '*') {
    return { kind: 'hourly', every, minute: Number(minute) }
  }
  if (!isNumber(hour, 23)) return other
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (day === '*' && weekday === '*') return { kind: 'daily', time }
  if (day === '*') {
    const days = readWeekdays(weekday)
    return days ? { kind: 'weekly', days, time } : other
  }
  if (weekday === '*' && isNumber(day, 31) && Number(day) > 0)
    return { kind: 'monthly', day: Number(day), time }
  return other
}

function isNumber(text: string, highest: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= highest
}

/** `1,3`, `1-5`; 7 is Sunday, too. */
function readWeekdays(text: string): number[] | null {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const match = /^([0-7])(?:-([0-7]))?$/.exec(part)
    if (!match) return null
    const from = Number(match[1])
    const to = Number(match[2] ?? match[1])
    if (from > to) return null
    for (let day = from; day <= to; day += 1) days.add(day % 7)
  }
  return [...days].sort()
}

/** What is wrong with a crontab, as a sentence; null when Looker can read it. */
export function crontabProblem(crontab: string): string | null {
  const text = crontab.trim()
  if (text.split(/\s+/).length !== 5) {
    return 'Give five fields: minute, hour, day of month, month, day of week. For example 15 3 * * 1-5.'
  }
  // The library reads more than Looker's Vixie crontab does: L, W, # and ?.
  if (
    !/^[\d*,/\-\s]+$/.test(
      text.replace(
        /\b(?:sun|mon|tue|wed|thu|fri|sat|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b/gi,
        '0',
      ),
    )
  ) {
    return 'Use digits, *, comma, hyphen and slash only, as in 15 3 * * 1-5.'
  }
  try {
    const next = new Cron(text, { mode: '5-part', paused: true }).nextRun()
    return next ? null : 'This never runs: no date fits it.'
  } catch {
    return 'Looker cannot read this. Check that every number is in the range of its field.'
  }
}
