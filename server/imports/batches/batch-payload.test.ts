import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLines } from '../../heap/entity-lines.ts'
import { packLines, unpackLines } from './batch-payload.ts'

const lines = fc.array(
  fc.dictionary(fc.string(), fc.string({ unit: 'binary' })).map((entity) => JSON.stringify(entity)),
  { minLength: 1 },
)

test('lines of JSON come back as they were', () => {
  fc.assert(
    fc.property(lines, (texts) => {
      expect(unpackLines(packLines(joinLines(texts)), texts.length).texts()).toEqual(texts)
    }),
    { numRuns: 50 },
  )
})

test('so do those that the first release stored, without commas between', () => {
  fc.assert(
    fc.property(lines, (texts) => {
      const stored = zstdCompressSync(Buffer.from(texts.join('\n')))
      expect(unpackLines(stored, texts.length).texts()).toEqual(texts)
    }),
    { numRuns: 50 },
  )
})
