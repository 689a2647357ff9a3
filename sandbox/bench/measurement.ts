/** What one run of something has cost. */
export type Measurement = {
  rows: number
  /** Null: it did not get through; `problem` says why. */
  seconds: number | null
  /** Peak resident memory of the process above what it had before, in bytes; null: unknown. */
  peakBytes: number | null
  /** Processor time of the process, which other work on the machine disturbs less than the clock. */
  cpuSeconds: number | null
  /** Of Looker and Heap beside it, which must not be what is measured; null: unknown. */
  standInCpuSeconds?: number | null
  /** What went wrong, lost rows above all; null: nothing. */
  problem: string | null
  /** Stage -> processor seconds of the threads that run JavaScript, where it was profiled. */
  stages?: ReadonlyMap<string, number>
}

export function failed(rows: number, problem: string): Measurement {
  return { rows, seconds: null, peakBytes: null, cpuSeconds: null, problem }
}

/** How often the first goes into the second; null unless both got through. */
export function ratioOf(
  one: Pick<Measurement, 'seconds'>,
  other: Pick<Measurement, 'seconds'>,
): number | null {
  return one.seconds === null || other.seconds === null ? null : other.seconds / one.seconds
}
