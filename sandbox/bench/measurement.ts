/** One line of the benchmark. */
export type Measurement = {
  rows: number
  what: string
  /** Null: it did not get through; `note` says why. */
  seconds: number | null
  /** Peak resident memory of the process above what it had before, in bytes; null: unknown. */
  peakBytes: number | null
  /** Processor time of the process, which other work on the machine disturbs less than the clock. */
  cpuSeconds: number | null
  note: string
}

export function failed(rows: number, what: string, note: string): Measurement {
  return { rows, what, seconds: null, peakBytes: null, cpuSeconds: null, note }
}
