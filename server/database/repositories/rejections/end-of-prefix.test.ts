import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endOfPrefix } from './end-of-prefix.ts'

const text = () => fc.string({ unit: 'binary' }).map((drawn) => drawn.toWellFormed())
const compare = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other))

test('what begins with a text lies before its end, and nothing else from the text on does', () => {
  fc.assert(
    fc.property(text(), text(), text(), (prefix, rest, other) => {
      const end = endOfPrefix(prefix)
      const isWithin = (key: string) => compare(key, prefix) >= 0 && (end === null || compare(key, end) < 0)
      expect(isWithin(prefix + rest)).toBe(true)
      expect(isWithin(other)).toBe(other.startsWith(prefix))
    }),
  )
})

test.each([
  ['a', 'b'],
  ['a\u{10ffff}', 'b'],
  ['\ud7ff', '\ue000'],
  ['', null],
  ['\u{10ffff}\u{10ffff}', null],
])('the end of %j', (prefix, end) => expect(endOfPrefix(prefix)).toBe(end))
