import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { measureImport } from '../measure-import.ts'
import { measureWire } from '../measure-wire.ts'
import type { Measurement } from '../measurement.ts'
import { failed, ratioOf } from '../measurement.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { lineOf } from '../table/line.ts'

const LATENCY_MS = 100
const CONCURRENCIES = [4, 16]

/** End to end with a Heap that takes its time, over what the wire allows. */
export async function measureWires(context: BenchContext): Promise<void> {
  const look = { ...PLAIN_LOOK, rows: context.rows }
  context.say('what the stand-in of Heap takes at most')
  context.show(
    lineOf({
      what: 'ready bodies alone, Heap 0 ms × 4: what the stand-in takes',
      runs: await repeat(context.runs, () => measureWireAlone(look.rows)),
    }),
  )
  for (const concurrency of CONCURRENCIES) {
    const settings = `Heap ${LATENCY_MS} ms × ${concurrency}`
    const runs = await repeat(context.runs, async (run) => {
      context.say(`end to end, ${settings}, run ${run + 1}`)
      let bound: Measurement = failed(look.rows, 'was not measured')
      const imported = await measureImport(
        { engine: 'PGlite', look, latencyMs: LATENCY_MS, concurrency },
        context,
        async (standIns) => {
          bound = await measureWire(standIns, { look, concurrency })
        },
      )
      return { bound, imported }
    })
    context.show(
      lineOf({
        what: `ready bodies alone, ${settings}: what the wire allows`,
        runs: runs.map(({ bound }) => bound),
      }),
    )
    context.show(
      lineOf({
        what: `end to end over what the wire allows, ${settings}, PGlite`,
        target: { of: 'ratio', is: 'at least', amount: 0.97 },
        runs: runs.map(({ imported }) => imported),
        ratios: runs.map(({ bound, imported }) => ratioOf(imported, bound)),
      }),
    )
  }
}

async function measureWireAlone(rows: number): Promise<Measurement> {
  const standIns = await startStandIns({ token: '', latencyMs: 0 })
  try {
    return await measureWire(standIns, { look: { ...PLAIN_LOOK, rows }, concurrency: 4 })
  } finally {
    await standIns.stop()
  }
}
