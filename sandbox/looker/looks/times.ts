import type { Look } from '../look.ts'
import { dimension, timeDimension } from '../look-fields.ts'

const ROWS = 48

const TIMEZONE = 'America/New_York'

/** What clocks in New York show, `2026-03-08 03:30:59`: the Swedish way of writing is Looker's. */
const localTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIMEZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** The instant at which the person of a row was last seen: hour by hour. */
export function lastSeen(number: number): Date {
  return new Date(Date.UTC(2026, 2, 7, 17 + number, 30, 59))
}

export const times: Look = {
  id: '14',
  title: 'Times in a time zone',
  explanation:
    '48 people with times of New York, across the night in which its clocks change: Heap gets ISO 8601 with the offset.',
  fields: {
    dimensions: [
      dimension('users.email', 'Users', 'Email', { tags: ['email'] }),
      timeDimension('users.last_seen_time', 'Users', 'Last Seen', 'Time', 'date_time'),
      timeDimension('users.last_seen_hour', 'Users', 'Last Seen', 'Hour', 'date_hour'),
      timeDimension('users.last_seen_date', 'Users', 'Last Seen', 'Date', 'date_date'),
      timeDimension('users.last_seen_year', 'Users', 'Last Seen', 'Year', 'date_year'),
    ],
    measures: [],
    pivots: [],
    table_calculations: [],
  },
  timezone: TIMEZONE,
  rowCount: ROWS,
  *rows() {
    for (let number = 0; number < ROWS; number += 1) {
      const [date = '', time = ''] = localTime.format(lastSeen(number)).split(' ')
      yield {
        'users.email': `traveller-${number}@example.com`,
        'users.last_seen_time': `${date} ${time}`,
        'users.last_seen_hour': `${date} ${time.slice(0, 2)}`,
        'users.last_seen_date': date,
        'users.last_seen_year': Number(date.slice(0, 4)),
      }
    }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
}
