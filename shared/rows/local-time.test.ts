import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLocalTimeReader, isTimeType, isTimeZone } from './local-time.ts'

const read = (timezone: string | null, text: string) => createLocalTimeReader(timezone)(text)

describe('a local time gets the offset of the time zone', () => {
  test.each([
    ['Europe/Berlin', '2026-03-05 14:30:00', '2026-03-05T14:30:00+01:00'],
    ['Europe/Berlin', '2026-07-05 14:30:00', '2026-07-05T14:30:00+02:00'],
    ['America/New_York', '2026-01-31 23:59:59', '2026-01-31T23:59:59-05:00'],
    ['America/Los_Angeles', '2026-07-31 00:00:00', '2026-07-31T00:00:00-07:00'],
    ['Asia/Kolkata', '2026-01-01 00:00:00', '2026-01-01T00:00:00+05:30'],
    ['Australia/Lord_Howe', '2026-01-01 00:00:00', '2026-01-01T00:00:00+11:00'],
    ['US/Pacific', '2026-01-01 00:00:00', '2026-01-01T00:00:00-08:00'],
    ['UTC', '2026-01-01 00:00:00', '2026-01-01T00:00:00+00:00'],
    ['Europe/London', '2024-02-29 12:00:00', '2024-02-29T12:00:00+00:00'],
  ])('%s: %s is %s', (zone, text, iso) => expect(read(zone, text)).toBe(iso))

  test.each([
    ['2026-03-05 14', '2026-03-05T14:00:00+01:00'],
    ['2026-03-05 14:30', '2026-03-05T14:30:00+01:00'],
    ['2026-03-05T14:30:59', '2026-03-05T14:30:59+01:00'],
    ['2026-03-05 14:30:59.123', '2026-03-05T14:30:59.123+01:00'],
    ['2026-03-05 14:30:59.123456789012', '2026-03-05T14:30:59.123456789012+01:00'],
  ])('in every precision of Looker: %s', (text, iso) => expect(read('Europe/Berlin', text)).toBe(iso))

  test('whose seconds, long ago, are rounded to the minutes ISO 8601 has', () => {
    expect(read('Europe/Berlin', '1890-01-01 00:00:00')).toBe('1890-01-01T00:00:00+00:53')
  })
})

describe('where clocks go forward, a skipped time moves on by as much', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29 01:59:59', '2026-03-29T01:59:59+01:00'],
    ['Europe/Berlin', '2026-03-29 02:00:00', '2026-03-29T03:00:00+02:00'],
    ['Europe/Berlin', '2026-03-29 02:30:00.5', '2026-03-29T03:30:00.5+02:00'],
    ['Europe/Berlin', '2026-03-29 03:00:00', '2026-03-29T03:00:00+02:00'],
    ['America/New_York', '2026-03-08 02:15:00', '2026-03-08T03:15:00-04:00'],
    ['Australia/Lord_Howe', '2025-10-05 02:10:00', '2025-10-05T02:40:00+11:00'],
    // These skip midnight, so that the date has one offset from its first instant to its last.
    ['Africa/Cairo', '2024-04-26 00:30:00', '2024-04-26T01:30:00+03:00'],
    ['Africa/Cairo', '2024-04-26 12:00:00', '2024-04-26T12:00:00+03:00'],
    ['America/Sao_Paulo', '2018-11-04 00:30:00', '2018-11-04T01:30:00-02:00'],
    // Samoa skipped this whole date.
    ['Pacific/Apia', '2011-12-30 10:00:00', '2011-12-31T10:00:00+14:00'],
  ])('%s: %s is %s', (zone, text, iso) => expect(read(zone, text)).toBe(iso))
})

describe('where clocks go back, the earlier instant is meant', () => {
  test.each([
    ['Europe/Berlin', '2026-10-25 01:59:59', '2026-10-25T01:59:59+02:00'],
    ['Europe/Berlin', '2026-10-25 02:30:00', '2026-10-25T02:30:00+02:00'],
    ['Europe/Berlin', '2026-10-25 03:00:00', '2026-10-25T03:00:00+01:00'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T01:30:00-04:00'],
    ['America/Havana', '2025-11-02 00:30:00', '2025-11-02T00:30:00-04:00'],
    ['America/Sao_Paulo', '2018-02-17 23:30:00', '2018-02-17T23:30:00-02:00'],
  ])('%s: %s is %s', (zone, text, iso) => expect(read(zone, text)).toBe(iso))
})

describe('without a known time zone', () => {
  test.each([[null], ['Mars/Olympus'], [''], ['Berlin'], ['Central European Time']])(
    '%s: a time becomes ISO 8601 without an offset',
    (zone) => {
      expect(read(zone, '2026-03-29 02:30:00')).toBe('2026-03-29T02:30:00')
      expect(read(zone, '2026-03-05 14')).toBe('2026-03-05T14:00:00')
      expect(read(zone, '2026-02-30 14:00:00')).toBe('2026-02-30 14:00:00')
    },
  )

  test('a name is a time zone or not', () => {
    expect(isTimeZone('America/Los_Angeles')).toBe(true)
    expect(isTimeZone('Mars/Olympus')).toBe(false)
    expect(isTimeZone('')).toBe(false)
  })
})

test.each([
  '2026-03-05',
  '2026-03',
  '2026-Q1',
  '2026',
  '14:30',
  '',
  'garbage',
  '2026-03-05 14:30:00 +0000',
  '2026-03-05T14:30:00Z',
  '2026-03-05T14:30:00+01:00',
  '2026-02-30 10:00:00',
  '2025-02-29 10:00:00',
  '2026-13-01 10:00:00',
  '2026-00-00 00:00:00',
  '2026-03-05 24:00:00',
  '2026-03-05 23:60:00',
  '2026-03-05 23:59:60',
  ' 2026-03-05 14:30:00',
  '2026-03-05 14:30:00\n',
])('%j is no local time and stays as it is', (text) => {
  expect(read('Europe/Berlin', text)).toBe(text)
  expect(read(null, text)).toBe(text)
})

test.each([
  ['date_time', true],
  ['date_hour', true],
  ['date_minute15', true],
  ['date', true],
  ['datetime', true],
  ['time', true],
  ['string', false],
  ['number', false],
  ['duration_day', false],
  ['sum', false],
  ['', false],
  [null, false],
])('the type %s is a time type: %s', (type, expected) => expect(isTimeType(type)).toBe(expected))

describe('against the time zone data of the platform', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
    'America/Havana',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/Sao_Paulo',
    'UTC',
  ]
  const readers = new Map(zones.map((zone) => [zone, createLocalTimeReader(zone)]))
  const clocks = new Map(
    zones.map((timeZone) => [
      timeZone,
      // Swedish writes times as Looker does: 2026-03-05 14:30:00.
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
    ]),
  )
  const second = fc.integer({ min: Date.UTC(1973, 0) / 1000, max: Date.UTC(2037, 0) / 1000 })
  /** Around the instants at which clocks of one of the zones change. */
  const change = fc.constantFrom(
    Date.UTC(2026, 2, 29, 1),
    Date.UTC(2026, 9, 25, 1),
    Date.UTC(2026, 10, 1, 6),
    Date.UTC(2024, 3, 25, 22),
    Date.UTC(2018, 10, 4, 3),
    Date.UTC(2018, 1, 18, 2),
    Date.UTC(2011, 11, 30, 10),
    Date.UTC(2025, 9, 4, 15, 30),
    Date.UTC(2025, 10, 2, 5),
  )
  const nearChange = fc
    .tuple(change, fc.integer({ min: -90_000, max: 90_000 }))
    .map(([instant, seconds]) => instant / 1000 + seconds)

  test('the clock of any instant is read as that instant, or as the earlier one with the same clock', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.oneof(second, nearChange), (zone, seconds) => {
        const clock = clocks.get(zone)!.format(seconds * 1000)
        const iso = readers.get(zone)!(clock)
        expect(iso).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
        expect(iso.slice(0, 19)).toBe(clock.replace(' ', 'T'))
        const instant = Date.parse(iso)
        expect(clocks.get(zone)!.format(instant)).toBe(clock)
        expect(instant).toBeLessThanOrEqual(seconds * 1000)
      }),
      { numRuns: 2000 },
    )
  })

  test('a date that was met before is read like one met for the first time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(nearChange, { minLength: 1, maxLength: 8 }),
        (zone, all) => {
          const used = createLocalTimeReader(zone)
          for (const seconds of all) {
            const clock = clocks.get(zone)!.format(seconds * 1000)
            expect(used(clock)).toBe(read(zone, clock))
          }
        },
      ),
    )
  })
})
