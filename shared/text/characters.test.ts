import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { charactersAbove, cutCharacters, isSoundText } from './characters.ts'

const emoji = '😀'
const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('charactersAbove', () => {
  test('answers the number of characters only when it is above the limit', () => {
    expect(charactersAbove('', 0)).toBeUndefined()
    expect(charactersAbove('abc', 3)).toBeUndefined()
    expect(charactersAbove('abcd', 3)).toBe(4)
  })

  test('counts an emoji, two UTF-16 units, as one character', () => {
    expect(charactersAbove(emoji.repeat(3), 3)).toBeUndefined()
    expect(charactersAbove(emoji.repeat(4), 3)).toBe(4)
  })

  test('agrees with the number of code points of any text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(60), (text, limit) => {
        const count = Array.from(text).length
        expect(charactersAbove(text, limit)).toBe(count > limit ? count : undefined)
      }),
    )
  })
})

describe('cutCharacters', () => {
  test('cuts to exactly the limit', () => {
    expect(cutCharacters('abcdef', 4)).toBe('abcd')
    expect(cutCharacters('abcd', 4)).toBe('abcd')
    expect(cutCharacters('abc', 4)).toBe('abc')
    expect(cutCharacters('abc', 0)).toBe('')
  })

  test('never splits a surrogate pair', () => {
    expect(cutCharacters(`ab${emoji}${emoji}`, 3)).toBe(`ab${emoji}`)
    expect(cutCharacters(emoji.repeat(5), 2)).toBe(emoji.repeat(2))
  })

  test('keeps the first code points of any text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(60), (text, limit) => {
        expect(cutCharacters(text, limit)).toBe(Array.from(text).slice(0, limit).join(''))
      }),
    )
  })
})

test.each([
  ['Zoë 👋', true],
  ['', true],
  ['half \ud83d', false],
  ['\udc4b half', false],
  ['a\0b', false],
])('%j is sound text: %s', (text, sound) => {
  expect(isSoundText(text)).toBe(sound)
})
