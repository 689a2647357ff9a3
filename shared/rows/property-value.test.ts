import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLocalTimeReader } from './local-time.ts'
import { readPropertyValue } from './property-value.ts'

const noNotes = () => ({ cut: 0, unwrapped: 0, broken: 0 })
const read = (raw: unknown) => readPropertyValue(raw, null, noNotes())

describe('a number', () => {
  test.each([0, -0, 5, -5, -12.5, 1.5e-7, 1e21, -1e-300, 9789.130036830902, Number.MAX_VALUE])(
    '%d keeps sign, zero and exponent',
    (value) => expect(read(value)).toBe(value),
  )

  test('of any size stays what it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(value)).toBe(value)
      }),
    )
  })

  test('beyond the doubles is left out, as it would travel as null', () => {
    expect(read(JSON.parse('1e400'))).toBeUndefined()
    expect(read(JSON.parse('-1e400'))).toBeUndefined()
    expect(read(Number.NaN)).toBeUndefined()
  })

  test('beyond 2^53 arrives as text and keeps its digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (value) => {
        expect(read(value.toString())).toBe(value.toString())
      }),
    )
  })
})

test('booleans become texts, as Heap documents numbers and texts only', () => {
  expect(read(false)).toBe('false')
  expect(read(true)).toBe('true')
})

test('an empty text is a value', () => {
  expect(read('')).toBe('')
})

test('null and an absent value are left out', () => {
  expect(read(null)).toBeUndefined()
  expect(read(undefined)).toBeUndefined()
})

test.each(['N/A', '(300)', '1.234,56', '$1,234.50', ' padded ', 'Yes', 'null', '__proto__', '0.0'])(
  'the text %j stays as it is',
  (text) => expect(read(text)).toBe(text),
)

test('lists and objects become JSON text', () => {
  expect(read([1, 'a', null])).toBe('[1,"a",null]')
  expect(read({ a: { b: 0 } })).toBe('{"a":{"b":0}}')
  expect(read([])).toBe('[]')
})

describe('a long text', () => {
  test('is cut from 1,024 characters on to 1,023 and counted', () => {
    const notes = noNotes()
    expect(readPropertyValue('x'.repeat(1023), null, notes)).toBe('x'.repeat(1023))
    expect(notes.cut).toBe(0)
    expect(readPropertyValue('x'.repeat(1024), null, notes)).toBe('x'.repeat(1023))
    expect(notes.cut).toBe(1)
    expect(readPropertyValue('x'.repeat(5000), null, notes)).toBe('x'.repeat(1023))
    expect(notes.cut).toBe(2)
  })

  test('is cut by character, so that an emoji is never halved', () => {
    const notes = noNotes()
    expect(readPropertyValue('😀'.repeat(1023), null, notes)).toBe('😀'.repeat(1023))
    expect(notes.cut).toBe(0)
    expect(readPropertyValue(`x${'😀'.repeat(1023)}`, null, notes)).toBe(`x${'😀'.repeat(1022)}`)
    expect(notes.cut).toBe(1)
  })

  test('is cut as well when it is the JSON text of a list', () => {
    const notes = noNotes()
    expect(readPropertyValue(['y'.repeat(2000)], null, notes)).toBe(`["${'y'.repeat(1021)}`)
    expect(notes.cut).toBe(1)
  })

  test('of any characters is left with at most 1,023, all of them its first', () => {
    const unit = fc.constantFrom('a', 'é', '😀', '日', '\u0301')
    const long = fc
      .array(unit, { minLength: 1, maxLength: 8 })
      .chain((units) => fc.integer({ min: 900, max: 1200 }).map((length) => ({ units, length })))
      .map(({ units, length }) => Array.from({ length }, (_, index) => units[index % units.length]).join(''))
    fc.assert(
      fc.property(long, (text) => {
        const notes = noNotes()
        const value = readPropertyValue(text, null, notes)
        expect(value).toBe(Array.from(text).slice(0, 1023).join(''))
        expect(notes.cut).toBe(Array.from(text).length > 1023 ? 1 : 0)
      }),
    )
  })
})

describe('a formatted cell', () => {
  const link = (text: string) => `<a href='/explore/x' class='cell-clickable-content'>${text}</a>`

  test('is unwrapped and counted', () => {
    const notes = noNotes()
    expect(readPropertyValue(link('$1,234.50'), null, notes)).toBe('$1,234.50')
    expect(readPropertyValue(link(''), null, notes)).toBe('')
    expect(notes).toEqual({ cut: 0, unwrapped: 2, broken: 0 })
  })

  test('is cut by what it holds', () => {
    const notes = noNotes()
    expect(readPropertyValue(link('x'.repeat(1020)), null, notes)).toBe('x'.repeat(1020))
    expect(notes).toEqual({ cut: 0, unwrapped: 1, broken: 0 })
    expect(readPropertyValue(link('x'.repeat(1024)), null, notes)).toBe('x'.repeat(1023))
    expect(notes).toEqual({ cut: 1, unwrapped: 2, broken: 0 })
  })

  test('holds a time as well', () => {
    const berlin = createLocalTimeReader('Europe/Berlin')
    expect(readPropertyValue(link('2026-07-01 12:00:00'), berlin, noNotes())).toBe(
      '2026-07-01T12:00:00+02:00',
    )
  })

  test('that is no link of Looker stays and is not counted', () => {
    const notes = noNotes()
    const html = '<a href="https://other.example.com">site</a>'
    expect(readPropertyValue(html, null, notes)).toBe(html)
    expect(notes).toEqual({ cut: 0, unwrapped: 0, broken: 0 })
  })
})

describe('a time', () => {
  test('is read only in a time column', () => {
    const utc = createLocalTimeReader('UTC')
    expect(readPropertyValue('2026-03-05 14:30:00', utc, noNotes())).toBe('2026-03-05T14:30:00+00:00')
    expect(read('2026-03-05 14:30:00')).toBe('2026-03-05 14:30:00')
  })

  test('that is a number, as a year is, stays one', () => {
    expect(readPropertyValue(2026, createLocalTimeReader('UTC'), noNotes())).toBe(2026)
    expect(readPropertyValue(null, createLocalTimeReader('UTC'), noNotes())).toBeUndefined()
  })
})

test.each(['half \ud83d', '\udc4b half', 'a\udc4b\ud83db'])(
  'a text with half a character, %j, is left out',
  (text) => {
    const notes = noNotes()
    expect(readPropertyValue(text, null, notes)).toBeUndefined()
    expect(notes).toEqual({ cut: 0, unwrapped: 0, broken: 1 })
    expect(readPropertyValue({ text }, null, notes)).toBe(JSON.stringify({ text }))
  },
)
