import { expect, it } from 'vitest'
import { failed } from './measurement.ts'
import { formatTable } from './table.ts'

it('aligns columns, and says what did not get through', () => {
  const import1 = {
    rows: 100_000,
    what: 'import',
    seconds: 2,
    peakBytes: 120_000_000,
    cpuSeconds: 1.5,
    note: '',
  }
  expect(formatTable([import1, failed(1_000_000, 'only reading', 'out of memory')])).toBe(
    [
      '     rows  what          rows/s  seconds  CPU seconds  MB above idle',
      '  100,000  import        50,000      2.0          1.5            120',
      '1,000,000  only reading  failed                                       out of memory',
    ].join('\n'),
  )
})
