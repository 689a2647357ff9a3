import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import type { Engine } from '../engines.ts'
import { ENGINES } from '../engines.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { measureImport } from '../measure-import.ts'
import type { Measurement } from '../measurement.ts'
import { median } from '../median.ts'
import type { Target } from '../table/line.ts'
import { EMPTY_LINE, lineOf } from '../table/line.ts'

/** Rows that the target for memory is of. */
const TARGET_ROWS = 1_000_000
const TARGET: Target = { of: 'memory', is: 'at most', amount: 130 }

/** How memory grows with rows. */
export async function measureMemory(context: BenchContext): Promise<void> {
  for (const engine of ENGINES) await measureEngine(engine, context)
}

async function measureEngine(engine: Engine, context: BenchContext): Promise<void> {
  const few = Math.max(1, Math.round(context.rows / 10))
  const sizes = [few, context.rows, ...(context.large ? [context.rows * 10] : [])]
  const peaks: { rows: number; bytes: number | null }[] = []
  for (const rows of sizes) {
    const runs = await repeat(context.runs, (run): Promise<Measurement> => {
      context.say(`memory, ${engine}, ${rows.toLocaleString('en-US')} rows, run ${run + 1}`)
      const look = { ...PLAIN_LOOK, rows }
      return measureImport({ engine, look, latencyMs: 0, concurrency: 4 }, context)
    })
    const line = lineOf({
      what: `memory above idle, ${rows.toLocaleString('en-US')} rows, ${engine}`,
      runs,
      ...(rows === TARGET_ROWS ? { target: TARGET } : {}),
    })
    peaks.push({ rows, bytes: line.aboveIdleBytes })
    context.show(line)
  }
  const [first] = peaks
  const last = peaks.at(-1)
  if (!first || !last || first.bytes === null || last.bytes === null) return
  const perRow = median([(last.bytes - first.bytes) / (last.rows - first.rows)]) ?? 0
  context.show({
    ...EMPTY_LINE,
    what: `growth of memory with rows, ${engine}`,
    value: { amount: perRow, unit: 'bytes a row' },
    note: `from ${first.rows.toLocaleString('en-US')} to ${last.rows.toLocaleString('en-US')} rows`,
  })
}
