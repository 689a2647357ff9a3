import { expect, test } from 'vitest'
import { storableJson, storableText } from './storable-text.ts'

test('NUL and half characters become the replacement character, in values and in keys', () => {
  expect(storableText('a\0b')).toBe('a\ufffdb')
  expect(storableJson({ 'k\0': ['v\0', { '\ud83d': '\udc4b', n: 1, none: null }] })).toBe(
    '{"k\ufffd":["v\ufffd",{"\ufffd":"\ufffd","n":1,"none":null}]}',
  )
  expect(storableJson(JSON.parse('{"__proto__":"a"}'))).toBe('{"__proto__":"a"}')
})
