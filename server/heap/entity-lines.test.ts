import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLines } from './entity-lines.ts'

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
