import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { ENGINES } from '../engines.ts'
import type { BenchLook } from '../looks/bench-look.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { measureImport } from '../measure-import.ts'
import { measureReference } from '../measure-reference.ts'
import type { Measurement } from '../measurement.ts'
import { ratioOf } from '../measurement.ts'
import { median } from '../median.ts'
import { lineOf } from '../table/line.ts'

const TARGETS = { clean: 1, dirty: 0.6 }

/** End to end with a Heap that answers at once, over JSON.parse of the same bytes read over HTTP. */
export async function measureWhole(context: BenchContext): Promise<void> {
  for (const cells of ['clean', 'dirty'] as const) {
    const look: BenchLook = { ...PLAIN_LOOK, rows: context.rows, cells }
    const runs = await repeat(context.runs, async (run) => {
      context.say(`end to end, ${cells}, run ${run + 1}`)
      const reference = await measureReference(look)
      const imports = await repeat(ENGINES.length, (index) =>
        measureImport({ engine: ENGINES[index] ?? 'PGlite', look, latencyMs: 0, concurrency: 4 }, context),
      )
      return { reference, imports }
    })
    context.show(
      lineOf({
        what: `JSON.parse of the whole text over HTTP, ${cells}`,
        runs: runs.map(({ reference }) => reference),
        note: rowsOf(look),
      }),
    )
    ENGINES.forEach((engine, index) => {
      context.show(
        lineOf({
          what: `end to end over JSON.parse, Heap 0 ms × 4, ${cells}, ${engine}`,
          target: { of: 'ratio', is: 'at least', amount: TARGETS[cells] },
          runs: runs.flatMap(({ imports }) => imports[index] ?? []),
          ratios: runs.map(({ reference, imports }) => {
            const measured = imports[index]
            return measured ? ratioOf(measured, reference) : null
          }),
          note: `${rowsOf(look)}; the stand-ins ${standInSeconds(runs.map(({ imports }) => imports[index]))} CPU s`,
        }),
      )
    })
  }
}

function standInSeconds(imports: readonly (Measurement | undefined)[]): string {
  return median(imports.map((one) => one?.standInCpuSeconds ?? null))?.toFixed(2) ?? 'unknown'
}

function rowsOf({ rows }: BenchLook): string {
  return `${rows.toLocaleString('en-US')} rows`
}
