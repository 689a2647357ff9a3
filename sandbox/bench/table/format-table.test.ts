import { expect, it } from 'vitest'
import { failed, ratioOf } from '../measurement.ts'
import { HEADER, TEXT_COLUMNS, toCells } from './cells.ts'
import { formatMarkdown, formatTable } from './format-table.ts'
import type { Target } from './line.ts'
import { EMPTY_LINE, lineOf, meetsTarget } from './line.ts'

const run = (seconds: number, cpuSeconds = 1) => ({
  rows: 100_000,
  seconds,
  cpuSeconds,
  peakBytes: 120_000_000,
  problem: null,
})
const target: Target = { of: 'ratio', is: 'at least', amount: 3 }

it('shows the medians of all runs, and what they should be', () => {
  const runs = [run(2, 1), run(1, 9), run(4, 2)]
  const line = lineOf({ what: 'reading', target, runs, ratios: [1, 5, 4], note: 'a note' })
  expect(toCells(line)).toEqual([
    'reading',
    '≥ 3 ×',
    'yes',
    '2.00 s',
    '4.00 ×',
    '50,000',
    '2.00',
    '120',
    'a note',
  ])
  expect(line.isBroken).toBe(false)
})

it('says what did not get through', () => {
  const line = lineOf({ what: 'import', runs: [run(2), failed(100_000, 'Heap took 5 rows')] })
  expect(line).toMatchObject({ isBroken: true, note: 'Heap took 5 rows', value: { amount: 2 } })
  const none = lineOf({
    what: 'import',
    target,
    runs: [failed(1, 'one'), failed(1, 'one')],
    ratios: [null, null],
  })
  expect(toCells(none)).toEqual(['import', '≥ 3 ×', '', 'failed', '', '', '', '', 'one'])
})

it('compares ratios, values and memory with their targets', () => {
  const line = {
    ...EMPTY_LINE,
    what: '',
    ratio: 2,
    aboveIdleBytes: 131e6,
    value: { amount: 20, unit: 'ms' as const },
  }
  const met = (wanted: Target) => meetsTarget({ ...line, target: wanted })
  expect(met(target)).toBe(false)
  expect(met({ ...target, is: 'at most' })).toBe(true)
  expect(met({ of: 'value', is: 'at most', amount: 20 })).toBe(true)
  expect(met({ of: 'value', is: 'at most', amount: 19 })).toBe(false)
  expect(met({ of: 'memory', is: 'at most', amount: 130 })).toBe(false)
  expect(meetsTarget(line)).toBeNull()
})

it('divides times', () => {
  expect(ratioOf({ seconds: 2 }, { seconds: 5 })).toBe(2.5)
  expect(ratioOf({ seconds: null }, { seconds: 5 })).toBeNull()
})

it('aligns columns', () => {
  const rows = [
    HEADER,
    toCells(lineOf({ what: 'a', runs: [run(2)] })),
    toCells({ ...EMPTY_LINE, what: 'longer' }),
  ]
  expect(formatTable(rows, TEXT_COLUMNS)).toBe(
    [
      'what    target  met  median  ratio  rows/s  CPU s  MB above idle',
      'a                    2.00 s         50,000   1.00            120',
      'longer',
    ].join('\n'),
  )
})

it('writes Markdown', () => {
  const rows = [
    ['what', 'n'],
    ['a|b', '1'],
  ]
  expect(formatMarkdown(rows, [0])).toBe('| what | n |\n| --- | ---: |\n| a\\|b | 1 |')
})
