import type { Measurement } from '../measurement.ts'
import { median } from '../median.ts'

/** What a figure should be; of the issue that asked for it, and no gate. */
export type Target = {
  of: 'ratio' | 'value' | 'memory'
  is: 'at least' | 'at most'
  /** A ratio, the value in its own unit, or megabytes. */
  amount: number
}

export type Unit = 's' | 'ms' | 'MB' | 'bytes a row' | 'rows/s'

/** One line of the benchmark's table; medians of all runs. Null: unknown, or of no meaning for it. */
export type Line = {
  what: string
  target: Target | null
  value: { amount: number; unit: Unit } | null
  ratio: number | null
  rowsPerSecond: number | null
  cpuSeconds: number | null
  aboveIdleBytes: number | null
  note: string
  /** Rows got lost, or it did not get through. */
  isBroken: boolean
  stages?: ReadonlyMap<string, number>
}

export const EMPTY_LINE: Omit<Line, 'what'> = {
  target: null,
  value: null,
  ratio: null,
  rowsPerSecond: null,
  cpuSeconds: null,
  aboveIdleBytes: null,
  note: '',
  isBroken: false,
}

type Runs = {
  what: string
  target?: Target
  runs: readonly Measurement[]
  /** Of each run, against something else that was measured in it. */
  ratios?: readonly (number | null)[]
  note?: string
}

/** The line of something that was run several times. */
export function lineOf({ what, target, runs, ratios = [], note = '' }: Runs): Line {
  const seconds = median(runs.map((run) => run.seconds))
  const problems = [...new Set(runs.flatMap(({ problem }) => problem ?? []))]
  const stages = runs.find((run) => run.stages)?.stages
  return {
    ...EMPTY_LINE,
    what,
    target: target ?? null,
    value: seconds === null ? null : { amount: seconds, unit: 's' },
    ratio: median(ratios),
    rowsPerSecond: median(runs.map((run) => (run.seconds === null ? null : run.rows / run.seconds))),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    aboveIdleBytes: median(runs.map((run) => run.peakBytes)),
    note: [...problems, note].filter((text) => text !== '').join('; '),
    isBroken: problems.length > 0,
    ...(stages ? { stages } : {}),
  }
}

/** Does the line keep its target? Null: it has none, or the figure is not known. */
export function meetsTarget({ target, ratio, value, aboveIdleBytes }: Line): boolean | null {
  if (!target) return null
  const megabytes = aboveIdleBytes === null ? null : aboveIdleBytes / 1e6
  const amount = { ratio, value: value?.amount ?? null, memory: megabytes }[target.of]
  if (amount === null) return null
  return target.is === 'at least' ? amount >= target.amount : amount <= target.amount
}
