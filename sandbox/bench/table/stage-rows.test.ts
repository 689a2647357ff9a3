import { expect, it } from 'vitest'
import type { Line } from './line.ts'
import { EMPTY_LINE } from './line.ts'
import { stageRows } from './stage-rows.ts'

const line = (what: string, cpuSeconds: number | null, stages?: [string, number][]): Line => ({
  ...EMPTY_LINE,
  what,
  cpuSeconds,
  ...(stages ? { stages: new Map(stages) } : {}),
})

it('has a column for every stage that counts, and what no profile sees', () => {
  const lines = [
    line('plain', 3, [
      ['map', 0.5],
      ['scan', 1],
    ]),
    line('not profiled', 9),
    line('other', null, [
      ['send', 0.7],
      ['download', 0.001],
    ]),
  ]
  expect(stageRows(lines)).toEqual([
    ['CPU seconds by stage', 'scan', 'send', 'map', 'other threads'],
    ['plain', '1.00', '0.00', '0.50', '1.50'],
    ['other', '0.00', '0.70', '0.00', ''],
  ])
})

it('says nothing of lines that were not profiled', () => {
  expect(stageRows([line('plain', 3)])).toEqual([])
})

it('does not count waiting for a core as work', () => {
  const [, row] = stageRows([
    line('plain', 1, [
      ['map', 1],
      ['scan', 3],
    ]),
  ])
  expect(row).toEqual(['plain', '0.75', '0.25', '0.00'])
})
