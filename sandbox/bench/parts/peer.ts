import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import type { BenchLook } from '../looks/bench-look.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { measureImport, WARM_UP_ROWS } from '../measure-import.ts'
import { measurePeer } from '../measure-peer.ts'
import { ratioOf } from '../measurement.ts'
import { lineOf } from '../table/line.ts'

/** The peer is slow, and keeps what it has sent until the end. */
const MOST_ROWS = 100_000

/** Against an action that reads with oboe, as Looker's hub does, and sends as Heap's own action did. */
export async function measureOverPeer(context: BenchContext): Promise<void> {
  const look: BenchLook = { ...PLAIN_LOOK, rows: Math.min(context.rows, MOST_ROWS) }
  const runs = await repeat(context.runs, async (run) => {
    context.say(`over a peer, run ${run + 1}`)
    const peer = await measurePeer(look, WARM_UP_ROWS)
    const ours = await measureImport({ engine: 'PGlite', look, latencyMs: 0, concurrency: 4 }, context)
    return { peer, ours }
  })
  const note = `${look.rows.toLocaleString('en-US')} rows`
  context.show(
    lineOf({
      what: "oboe and batches of 100, as Heap's own action, not durable",
      runs: runs.map(({ peer }) => peer),
      note,
    }),
  )
  context.show(
    lineOf({
      what: 'end to end over that, Heap 0 ms × 4, PGlite',
      target: { of: 'ratio', is: 'at least', amount: 10 },
      runs: runs.map(({ ours }) => ours),
      ratios: runs.map(({ peer, ours }) => ratioOf(ours, peer)),
      note,
    }),
  )
}
