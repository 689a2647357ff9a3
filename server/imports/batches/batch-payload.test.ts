import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packLines, unpackLines } from './batch-payload.ts'

test('lines of JSON come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.json(), { minLength: 1 }), async (lines) => {
      expect(await unpackLines(await packLines(lines))).toEqual(lines)
    }),
    { numRuns: 50 },
  )
})
