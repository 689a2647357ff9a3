import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { startBenchServer, TOKEN } from '../bench-server.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import type { Measurement } from '../measurement.ts'
import { failed, ratioOf } from '../measurement.ts'
import { readUse } from '../process-use.ts'
import { checkDelivered } from '../stand-ins/check-delivered.ts'
import { NOTHING_TAKEN } from '../stand-ins/heap.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { lineOf } from '../table/line.ts'

const ENVIRONMENTS = ['11', '22']

/** Two deliveries at once, of two syncs and into two environments, by one process and by two on one PostgreSQL. */
export async function measureProcesses(context: BenchContext): Promise<void> {
  const runs = await repeat(context.runs, async (run) => {
    context.say(`two deliveries at once by one process and by two, run ${run + 1}`)
    return { one: await deliverBoth(1, context), two: await deliverBoth(2, context) }
  })
  const note = `2 deliveries of ${context.rows.toLocaleString('en-US')} rows at once`
  context.show(lineOf({ what: 'one process, PostgreSQL', runs: runs.map(({ one }) => one), note }))
  context.show(
    lineOf({
      what: 'two processes over one, on one PostgreSQL',
      runs: runs.map(({ two }) => two),
      ratios: runs.map(({ one, two }) => ratioOf(two, one)),
      note,
    }),
  )
}

async function deliverBoth(processes: 1 | 2, context: BenchContext): Promise<Measurement> {
  const look = { ...PLAIN_LOOK, rows: context.rows }
  const rows = look.rows * ENVIRONMENTS.length
  const standIns = await startStandIns({ token: TOKEN, latencyMs: 0 })
  const first = await startBenchServer({ engine: 'PostgreSQL', concurrency: 4 }, standIns, context)
  try {
    const servers = [first, ...(processes === 2 ? [await first.startAnother()] : [])]
    for (const { url } of servers) {
      const warmUp = { ...look, rows: Math.min(look.rows, 20_000) }
      await standIns.deliver({ actionUrl: url, look: warmUp, environmentId: '99' })
    }
    const cpu = async () => {
      const uses = await Promise.all(servers.map(({ pid }) => readUse(pid)))
      return uses.reduce((sum, use) => sum + (use?.cpuSeconds ?? 0), 0)
    }
    const before = await cpu()
    const start = performance.now()
    const delivered = await Promise.all(
      ENVIRONMENTS.map((environmentId, index) =>
        standIns.deliver({
          actionUrl: servers[index % servers.length]?.url ?? '',
          look,
          environmentId,
          planId: environmentId,
        }),
      ),
    )
    const seconds = (performance.now() - start) / 1000
    const cpuSeconds = (await cpu()) - before
    const problem = delivered
      .map((one) => checkDelivered(one, NOTHING_TAKEN, look.rows))
      .find((text) => text !== null)
    if (problem !== undefined) return failed(rows, problem)
    return { rows, seconds, cpuSeconds, peakBytes: null, problem: null }
  } finally {
    await first.stop()
    await standIns.stop()
  }
}
