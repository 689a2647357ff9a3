import { Temporal } from 'temporal-polyfill'

/** `2026-03-05 14`, `2026-03-05 14:30`, `2026-03-05 14:30:59.123`, with a space or a T, without an offset. */
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2})(?::(\d{2})(?::(\d{2})(\.\d+)?)?)?$/

/** Characters of the shortest local time, `2026-03-05 14`. */
export const SHORTEST_LOCAL_TIME = 13

/** Dates whose offset is remembered; more than a century of them, so that a hostile Look cannot fill memory. */
const MAX_REMEMBERED_DATES = 50_000

/** Looker's time types start with `date` (`date_time`, `date_hour` ...); LookML's own are `time`, `datetime`. */
export function isTimeType(type: string | null): boolean {
  return type !== null && (type.startsWith('date') || type === 'time')
}

export type LocalTimeReader = (text: string) => string

/**
 * Makes a reader that turns Looker's local times into ISO 8601 with an offset, which Heap needs to compare
 * times: `2026-03-05 14:30:00` in Europe/Berlin becomes `2026-03-05T14:30:00+01:00`. A text that is not a
 * local time (a date, a month, garbage) is returned as it is. Where clocks go back, the earlier of the two
 * instants is meant; a time that clocks skip moves on by as much as they do, 02:30 to 03:30 (Temporal's
 * "compatible"). Offsets with seconds, as before about 1900, are rounded to minutes: ISO 8601 has no others.
 *
 * @param timezone IANA name; null or unknown: times become ISO 8601 without an offset
 */
export function createLocalTimeReader(timezone: string | null): LocalTimeReader {
  const zone = timezone !== null && isTimeZone(timezone) ? timezone : null
  const offsetOfDate = new Map<string, string | null>()

  return (text) => {
    const match = LOCAL_TIME.exec(text)
    if (!match) return text
    const [, date = '', hour = '', minute = '00', second = '00', fraction = ''] = match
    const time = `${date}T${hour}:${minute}:${second}`
    try {
      checkTimeOfDay(hour, minute, second)
      const offset = offsetOf(date)
      return offset === null ? resolve(time, fraction) : `${time}${fraction}${offset}`
    } catch (error) {
      if (error instanceof RangeError) return text
      throw error
    }
  }

  /** Most dates have one offset from midnight to midnight: two look-ups a date instead of one a row. */
  function offsetOf(date: string): string | null {
    let known = offsetOfDate.get(date)
    if (known === undefined) {
      known = offsetOfWholeDate(date)
      if (offsetOfDate.size >= MAX_REMEMBERED_DATES) offsetOfDate.clear()
      offsetOfDate.set(date, known)
    }
    return known
  }

  /** The offset that holds from midnight to midnight; null where clocks change on that date, or begin it. */
  function offsetOfWholeDate(date: string): string | null {
    const day = Temporal.PlainDate.from(date)
    if (zone === null) return ''
    const midnight = day.toZonedDateTime(zone)
    const next = day.add({ days: 1 }).toZonedDateTime(zone)
    const whole = midnight.offset === next.offset && midnight.toPlainDateTime().equals(day.toPlainDateTime())
    return whole ? split(midnight).offset : null
  }

  function resolve(time: string, fraction: string): string {
    const { clock, offset } = split(Temporal.PlainDateTime.from(time).toZonedDateTime(zone ?? 'UTC'))
    return `${clock}${fraction}${offset}`
  }
}

/** `2026-03-05T14:30:00` and `+01:00`. */
function split(time: Temporal.ZonedDateTime): { clock: string; offset: string } {
  const text = time.toString({ smallestUnit: 'second', timeZoneName: 'never' })
  return { clock: text.slice(0, 19), offset: text.slice(19) }
}

/** A leap second or hour 24 is no time that Heap could compare. */
function checkTimeOfDay(hour: string, minute: string, second: string): void {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw new RangeError('no time of day')
}

/** Zones that were found to exist: asking takes half a millisecond. There are some 600. */
const KNOWN_ZONES = new Set<string>()
const MOST_KNOWN_ZONES = 1_000

export function isTimeZone(name: string): boolean {
  if (KNOWN_ZONES.has(name)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    if (KNOWN_ZONES.size < MOST_KNOWN_ZONES) KNOWN_ZONES.add(name)
    return true
  } catch {
    return false
  }
}
