import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyWithRoom, entityLines, joinLines } from './entity-lines.ts'

const line = fc
  .record({ identity: fc.string({ unit: 'binary' }), n: fc.double() })
  .map((e) => JSON.stringify(e))

test('lines, their sizes and any part of them are as they were joined', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.nat(20), fc.nat(20), (texts, one, other) => {
      const lines = joinLines(texts)
      expect(lines.texts()).toEqual(texts)
      expect(texts.map((_, index) => lines.text(index))).toEqual(texts)
      expect(texts.map((_, index) => lines.size(index))).toEqual(texts.map((text) => Buffer.byteLength(text)))
      const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, texts.length)).sort((a, b) => a - b)
      if (from === to) return
      const part = lines.part(from, to)
      expect(part.count).toBe(to - from)
      expect(JSON.parse(`[${part.bytes}]`)).toEqual(JSON.parse(`[${texts.slice(from, to).join(',')}]`))
      expect(part.texts()).toEqual(texts.slice(from, to))
      expect(part.text(part.count - 1)).toBe(texts[to - 1])
    }),
  )
})

test('a head and a tail stand around lines, with room or without, and again after another head', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), text, text, (texts, one, other) => {
      const joined = Buffer.from(texts.join(',\n'))
      for (const lines of [
        entityLines(joined, texts.length),
        entityLines(copyWithRoom(joined), texts.length, true),
      ]) {
        for (const [head, tail] of [
          [one, other],
          [other, one],
          ['{"users":[', ']}'],
        ] as const) {
          const body = lines.within(head, tail)
          expect(body.equals(Buffer.concat([Buffer.from(head), joined, Buffer.from(tail)]))).toBe(true)
          expect(lines.texts()).toEqual(texts)
        }
      }
    }),
  )
})

test('a part of lines with room leaves its neighbours as they are', () => {
  const lines = entityLines(copyWithRoom(Buffer.from('{"a":1},\n{"b":2},\n{"c":3}')), 3, true)
  expect(lines.part(1, 2).within('[', ']').toString()).toBe('[{"b":2}]')
  expect(lines.within('', '').toString()).toBe('{"a":1},\n{"b":2},\n{"c":3}')
})
