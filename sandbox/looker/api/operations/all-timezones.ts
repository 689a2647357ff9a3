import type { ITimezone } from '@looker/sdk'
import type { Operation } from '../operation.ts'

export const allTimezones: Operation = {
  name: 'all_timezones',
  verb: 'GET',
  path: '/timezones',
  handle: (): ITimezone[] =>
    ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')].map((value) => ({
      value,
      label: value.replaceAll('_', ' '),
      group: value.includes('/') ? (value.split('/')[0] ?? '') : 'Other',
    })),
}
