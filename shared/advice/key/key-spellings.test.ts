import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alikeKeys, spellingHints } from './key-spellings.ts'

test('keys that differ by case only are alike', () => {
  expect(alikeKeys(['a@x.com', 'A@x.com', 'b@x.com'])).toEqual({ alike: 2, invisible: 0 })
  expect(spellingHints(['a@x.com', 'A@x.com'])[0]).toMatch(
    /^2 keys differ by case or invisible characters only/,
  )
})

test.each([
  ['zero width space', '\u200b'],
  ['byte order mark', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['no-break space', '\u00a0'],
  ['right-to-left mark', '\u200f'],
  ['tab', '\t'],
])('a key with a %s inside looks like the one without', (_name, invisible) => {
  expect(alikeKeys(['a@x.com', `a@${invisible}x.com`])).toEqual({ alike: 2, invisible: 1 })
})

test('a key in several rows is one key, and spaces within are seen', () => {
  expect(alikeKeys(['a', 'a', ' a ', 'a b', 'ab', null, 7, 'null'])).toEqual({ alike: 0, invisible: 0 })
  expect(spellingHints(['a', 'b'])).toEqual([])
})

test('of different numbers none are alike', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), (numbers) => {
      expect(spellingHints(numbers)).toEqual([])
    }),
  )
})
