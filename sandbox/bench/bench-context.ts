import type { Databases } from './engines.ts'
import type { Line } from './table/line.ts'

/** What every part of the benchmark is given. */
export type BenchContext = {
  /** Of the large deliveries. */
  rows: number
  /** How often everything is run. */
  runs: number
  /** Also what takes many minutes. */
  large: boolean
  /** Keep the processor seconds by stage. */
  profile: boolean
  databases: Databases
  /** Takes a line as soon as it is known. */
  show: (line: Line) => void
  /** Says what is being done, to people who wait. */
  say: (text: string) => void
}

export type BenchPart = (context: BenchContext) => Promise<void>

/** Does something as often as there are runs, one after the other. */
export async function repeat<T>(runs: number, work: (run: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let run = 0; run < runs; run += 1) results.push(await work(run))
  return results
}
