import { describe, expect, it } from 'vitest'
import { readReportedCounts } from './reported-counts.ts'

describe('readReportedCounts', () => {
  it('reads all counts', () => {
    const message =
      'Imported 9,981 of 10,000 rows into Heap environment 11. 15 rejected: 7 duplicate join keys (rows 17, 501). 4 rows without a join key skipped.'
    expect(readReportedCounts(message)).toEqual({
      received: 10_000,
      delivered: 9_981,
      rejected: 15,
      skipped: 4,
    })
  })

  it('reads a message without rejected and skipped rows', () => {
    expect(readReportedCounts('Imported 1 of 1 row into Heap environment 1.')).toEqual({
      received: 1,
      delivered: 1,
      rejected: 0,
      skipped: 0,
    })
  })

  it('knows a message without counts', () => {
    expect(readReportedCounts('The Look has no column "Email" to use as join key.')).toBeUndefined()
  })
})
