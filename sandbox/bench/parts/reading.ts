import type { BenchContext } from '../bench-context.ts'
import type { BenchLook } from '../looks/bench-look.ts'
import { rowBlocks } from '../looks/row-blocks.ts'
import type { Measurement } from '../measurement.ts'
import { failed, ratioOf } from '../measurement.ts'
import { askProcess } from '../processes/ask-process.ts'
import type { ReadingResult } from '../processes/reading.ts'
import { lineOf } from '../table/line.ts'

/** The whole text has to be in memory, and what JSON.parse makes of it, some seven times as much. */
const MOST_BYTES = 120_000_000

/** Ratios to whole-text JSON.parse that are aimed at. */
const CASES: readonly { columns: number; cells: BenchLook['cells']; atLeast: number | null }[] = [
  { columns: 1, cells: 'clean', atLeast: null },
  { columns: 8, cells: 'clean', atLeast: 3 },
  { columns: 30, cells: 'clean', atLeast: 4 },
  { columns: 200, cells: 'clean', atLeast: 8 },
  { columns: 8, cells: 'dirty', atLeast: 1.5 },
  { columns: 30, cells: 'dirty', atLeast: 1.5 },
]

/** The row reader and mapping alone, over JSON.parse of the whole text. */
export async function measureReading(context: BenchContext): Promise<void> {
  for (const { columns, cells, atLeast } of CASES) {
    const look = boundLook({ rows: context.rows, columns, cells, shape: 'plain' })
    const name = columns === 1 ? '1 column and the key' : `${columns} columns`
    const what = `reading and mapping alone over JSON.parse, ${name}, ${cells}`
    context.say(what)
    const runs = await readInMemory(look, context.runs)
    context.show(
      lineOf({
        what,
        ...(atLeast === null ? {} : { target: { of: 'ratio', is: 'at least', amount: atLeast } }),
        runs: runs.map(({ mapped }) => mapped),
        ratios: runs.map(({ parsed, mapped }) => ratioOf(mapped, parsed)),
        note: `${look.rows.toLocaleString('en-US')} rows`,
      }),
    )
  }
}

type Pair = { parsed: Measurement; mapped: Measurement }

async function readInMemory(look: BenchLook, runs: number): Promise<Pair[]> {
  const asked = await askProcess<ReadingResult>('./reading.ts', { look, runs }, ['--expose-gc'])
  const toMeasurement = (way: ReadingResult['runs'][number]['parsed']): Measurement =>
    way.rows === look.rows
      ? { ...way, peakBytes: null, problem: null }
      : failed(look.rows, `read ${way.rows} of ${look.rows} rows`)
  if (asked.kind === 'answered') {
    return asked.result.runs.map(({ parsed, mapped }) => ({
      parsed: toMeasurement(parsed),
      mapped: toMeasurement(mapped),
    }))
  }
  const broken = failed(look.rows, asked.problem)
  return [{ parsed: broken, mapped: broken }]
}

/** As many of the rows as may be. */
function boundLook(look: BenchLook): BenchLook {
  const [block] = rowBlocks({ ...look, rows: Math.min(look.rows, 1_000) })
  const bytesPerRow = (block?.length ?? 0) / Math.min(look.rows, 1_000)
  return { ...look, rows: Math.min(look.rows, Math.floor(MOST_BYTES / bytesPerRow)) }
}
