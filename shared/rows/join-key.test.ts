import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJoinKey } from './join-key.ts'

const key = (text: string) => ({ kind: 'key', key: text })
const refused = (reason: string, key: unknown = expect.any(String)) => ({ kind: 'refused', reason, key })

describe('a key', () => {
  test.each([
    ['ann@example.com', 'ann@example.com'],
    ['Ann@Example.COM', 'Ann@Example.COM'],
    ['  padded\t\n', 'padded'],
    ['in ner', 'in ner'],
    ['\u00a0nbsp\ufeff', 'nbsp'],
    ['00042', '00042'],
    ['9007199254740993', '9007199254740993'],
    ['0', '0'],
    ['-1', '-1'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['nullable', 'nullable'],
    ['users', 'users'],
  ])('%j becomes %j', (value, text) => expect(readJoinKey(value)).toEqual(key(text)))

  test.each([
    [0, '0'],
    [-0, '0'],
    [42, '42'],
    [-7, '-7'],
    [1.5, '1.5'],
    [9007199254740991, '9007199254740991'],
  ])('the number %d becomes %j', (value, text) => expect(readJoinKey(value)).toEqual(key(text)))
})

describe('a missing key', () => {
  test.each([[null], [undefined], [''], ['   '], ['\t\n\u00a0']])('%j is one', (value) => {
    expect(readJoinKey(value)).toEqual({ kind: 'missing' })
  })
})

describe('a placeholder', () => {
  test.each([
    'null',
    'NULL',
    ' Null ',
    'undefined',
    'none',
    'nil',
    'NaN',
    'n/a',
    'N/A',
    'unknown',
    'anonymous',
    'guest',
    'user',
    '(null)',
    '[object Object]',
    '∅',
    'true',
    'False',
  ])('%j is refused', (value) =>
    expect(readJoinKey(value)).toEqual(refused('join_key_placeholder', String(value).trim())),
  )

  test.each([[true], [false], [Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY], [Number.NaN]])(
    'the value %s is refused, as every row with it would be one person',
    (value) => expect(readJoinKey(value)).toEqual(refused('join_key_placeholder')),
  )
})

describe('the length', () => {
  test('255 characters are taken, 256 are not', () => {
    expect(readJoinKey('k'.repeat(255))).toEqual(key('k'.repeat(255)))
    expect(readJoinKey('k'.repeat(256))).toEqual(refused('join_key_too_long', 'k'.repeat(256)))
  })

  test('characters are counted, not UTF-16 units', () => {
    expect(readJoinKey('😀'.repeat(255))).toEqual(key('😀'.repeat(255)))
    expect(readJoinKey('😀'.repeat(256))).toEqual(refused('join_key_too_long'))
  })

  test('the white space around a key does not count', () => {
    expect(readJoinKey(` ${'k'.repeat(255)} `)).toEqual(key('k'.repeat(255)))
  })
})

test.each([[[]], [['a']], [{}], [{ value: 'a' }]])('%j is no value to match with', (value) => {
  expect(readJoinKey(value)).toEqual(refused('join_key_not_a_value'))
})

describe('a formatted cell', () => {
  const link = (text: string) => `<a href='/explore/x' class='cell-clickable-content'>${text}</a>`

  test('is unwrapped and counted', () => {
    const notes = { unwrapped: 0 }
    expect(readJoinKey(link(' ann@example.com '), notes)).toEqual(key('ann@example.com'))
    expect(notes.unwrapped).toBe(1)
    expect(readJoinKey('<a plain text', notes)).toEqual(key('<a plain text'))
    expect(readJoinKey('ann@example.com', notes)).toEqual(key('ann@example.com'))
    expect(notes.unwrapped).toBe(1)
  })

  test('is judged by what it holds', () => {
    expect(readJoinKey(link(''))).toEqual({ kind: 'missing' })
    expect(readJoinKey(link('null'))).toEqual(refused('join_key_placeholder'))
    expect(readJoinKey(link('k'.repeat(256)))).toEqual(refused('join_key_too_long'))
  })
})

test('no key of any text has white space around it, is empty, or is above 255 characters', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.string({ unit: fc.constantFrom(' ', '\n', '\u3000', 'a') }),
  )
  fc.assert(
    fc.property(text, (value) => {
      const read = readJoinKey(value)
      if (read.kind === 'key') {
        expect(value).toContain(read.key)
        expect(read.key).toBe(value.trim())
        expect(Array.from(read.key).length).toBeGreaterThan(0)
        expect(Array.from(read.key).length).toBeLessThanOrEqual(255)
      }
      expect(read.kind === 'missing').toBe(value.trim() === '')
    }),
  )
})

test('every safe integer is the key of its digits', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(readJoinKey(value)).toEqual(key(BigInt(value).toString()))
    }),
  )
})

test.each(['half \ud83d', '\udc4b half', 'a\0', 'a\0b'])(
  'a key that is not valid text, %j, is refused',
  (text) => {
    expect(readJoinKey(text)).toEqual(refused('join_key_broken_text', text))
  },
)
