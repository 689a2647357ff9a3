import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aColumn } from '../../testing/columns.ts'
import { kindOfText } from './text-kinds.ts'
import { valueHints } from './value-hints.ts'

const kindsOf = (values: unknown[], column = aColumn({ name: 'users.thing', label: 'Users Thing' })) =>
  valueHints(values, column).map(({ kind }) => kind)

describe('a text', () => {
  test.each([
    '$1,234',
    '12 %',
    '12%',
    '1.234,50 \u20ac',
    '-$5',
    '(300)',
    '1,234.5',
    'USD 12',
    '1 234',
    '3.5k',
    '\u22125 %',
  ])('%s is a number as people write it', (text) => {
    expect(kindOfText(text)).toBe('written_number')
  })

  test.each(['0', '12', '-12.5', '1.5e-7', '1E21'])('%s is a number', (text) => {
    expect(kindOfText(text)).toBe('plain_number')
  })

  test.each([
    '3/5/2026',
    '05.03.2026',
    '5 Mar 2026',
    'March 5, 2026',
    'Mar 2026',
    '2026/03/05',
    '2026-Q1',
    '2026-03-05 14:30:00',
    '3/5/2026 2:30 pm',
  ])('%s is a date that is not ISO 8601', (text) => {
    expect(kindOfText(text)).toBe('date')
  })

  test.each([
    '2026-03-05',
    '2026-03',
    '2026-03-05T14:30:00Z',
    '00123',
    '10.1.2.3',
    'v1.2',
    '+49 30 123456',
    'A-12',
    '12 months',
    'May',
    'Gold',
    '1-2-3',
  ])('%s is none of these', (text) => {
    expect(kindOfText(text)).toBe('word')
  })
})

describe('of a column is said', () => {
  test.each([
    [['$1,234', '$2', null, '$3.50'], ['numbers_as_text']],
    [['12.5', '13', '9'], ['numbers_as_text']],
    [[1, 2, 'many'], ['mixed']],
    [['12', '13', '14', 'unknown'], ['mixed']],
    [['3/5/2026', '4/5/2026'], ['not_iso_date']],
    [['Yes', 'No', 'No'], ['yes_no']],
    [[true, false], ['yes_no']],
    [['Yes', 'no', 'TRUE', 'N'], ['yes_no_mixed']],
    [['x'.repeat(1_024), 'y'], ['cut']],
  ])('%j: %j', (values, kinds) => {
    expect(kindsOf(values)).toEqual(kinds)
  })

  test.each([
    [[1, 2.5, -3, null]],
    [['Gold', 'Silver', '2026']],
    [['2026-03-05', '2026-04-01']],
    [['x'.repeat(1_023)]],
    [[]],
    [[null, '']],
  ])('nothing, %#', (values) => {
    expect(kindsOf(values)).toEqual([])
  })

  test('nothing of codes that are digits, and of local times, which are sent as ISO 8601', () => {
    expect(kindsOf(['4711', '4712'], aColumn({ name: 'users.zip_code' }))).toEqual([])
    const time = aColumn({ name: 'users.seen', type: 'date_time' })
    expect(kindsOf(['2026-03-05 14:30:00', '2026-03-06 14'], time)).toEqual([])
    expect(kindsOf(['3/5/2026', '3/6/2026'], time)).toEqual(['not_iso_date'])
  })

  test('numbers in formatted cells are text, as they are sent', () => {
    const cell = "<a href='/explore/x' class='cell-clickable-content'>$1,234</a>"
    expect(kindsOf([cell, cell])).toEqual(['numbers_as_text'])
  })

  test('a remedy, always, and no value of a cell but yes and no', () => {
    const hints = [['$1,234'], [1, 'secret'], ['1/2/2026'], ['x'.repeat(2_000)], ['Yes', 'no']].flatMap(
      (values) => valueHints(values, aColumn({ name: 'a.b' })),
    )
    expect(hints).toHaveLength(5)
    for (const { text, level } of hints) {
      expect(text).toMatch(/Look|SQL/)
      expect(text).not.toMatch(/secret|xxx/)
      expect(level).toBe('attention')
    }
  })
})

test('numbers of JSON are never worth a word, whatever they are', () => {
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true }))
  fc.assert(
    fc.property(fc.array(fc.oneof(number, fc.constant(null))), (values) => {
      expect(kindsOf(values)).toEqual([])
    }),
  )
})

test('amounts as people write them in several countries are numbers', () => {
  const styles = [
    ['en-US', 'USD'],
    ['de-DE', 'EUR'],
    ['fr-FR', 'EUR'],
    ['en-GB', 'GBP'],
  ] as const
  fc.assert(
    fc.property(
      fc.constantFrom(...styles),
      fc.integer({ min: 0, max: 9_999_999 }),
      ([locale, currency], cents) => {
        const text = (cents / 100).toLocaleString(locale, { style: 'currency', currency })
        expect(kindOfText(text)).toBe('written_number')
      },
    ),
  )
})

test('reading a text never takes long, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('1', ',', '.', ' ', '-', '/', '$'), maxLength: 40 }),
      (text) => {
        const began = performance.now()
        kindOfText(text)
        expect(performance.now() - began).toBeLessThan(1_000)
      },
    ),
  )
})
