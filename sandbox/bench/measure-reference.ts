import type { BenchLook } from './looks/bench-look.ts'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { askProcess } from './processes/ask-process.ts'
import { startStandIns } from './start-stand-ins.ts'

/** What the process of the reference tells. */
export type ReferenceResult = Pick<Measurement, 'rows' | 'peakBytes' | 'cpuSeconds'> & { seconds: number }

/** Reads the rows of a Look over HTTP as one text, and parses it with one JSON.parse, in a process of its own. */
export async function measureReference(look: BenchLook): Promise<Measurement> {
  const standIns = await startStandIns({ token: '', latencyMs: 0 })
  try {
    const asked = await askProcess<ReferenceResult>('./reference.ts', { url: await standIns.offer(look) })
    if (asked.kind === 'failed') return failed(look.rows, asked.problem)
    const { result } = asked
    if (result.rows !== look.rows) return failed(look.rows, `read ${result.rows} rows`)
    return { ...result, problem: null }
  } finally {
    await standIns.stop()
  }
}
