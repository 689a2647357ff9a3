import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { startBenchServer, TOKEN } from '../bench-server.ts'
import type { Engine } from '../engines.ts'
import { ENGINES } from '../engines.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { median, percentile } from '../median.ts'
import { readUse } from '../process-use.ts'
import { checkDelivered } from '../stand-ins/check-delivered.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { EMPTY_LINE } from '../table/line.ts'

const LOOK = { ...PLAIN_LOOK, rows: 100 }

const DELIVERIES = 300

/** Where the whole benchmark is a small one. */
const FEW_DELIVERIES = 20
const FEW_ROWS = 100_000

const WARM_UPS = 20

const PERCENTILES = [
  { percent: 50, atMost: 20 },
  { percent: 95, atMost: 40 },
]

/** How long 100 rows take from the execute to the answer. */
export async function measureSmall(context: BenchContext): Promise<void> {
  const count = context.rows < FEW_ROWS ? FEW_DELIVERIES : DELIVERIES
  for (const engine of ENGINES) {
    const runs = await repeat(context.runs, (run) => {
      context.say(`${count} deliveries of ${LOOK.rows} rows, ${engine}, run ${run + 1}`)
      return deliverMany(engine, count, context)
    })
    const problems = [...new Set(runs.flatMap(({ problem }) => problem ?? []))]
    for (const { percent, atMost } of PERCENTILES) {
      const amount = median(runs.map(({ times }) => percentile(times, percent)))
      context.show({
        ...EMPTY_LINE,
        what: `100 rows, execute to answer, Heap 0 ms, p${percent}, ${engine}`,
        target: { of: 'value', is: 'at most', amount: atMost },
        value: amount === null ? null : { amount, unit: 'ms' },
        cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
        note: [...problems, `${count} deliveries, CPU of all of them`].join('; '),
        isBroken: problems.length > 0,
      })
    }
  }
}

type Times = { times: number[]; cpuSeconds: number | null; problem: string | null }

async function deliverMany(engine: Engine, count: number, context: BenchContext): Promise<Times> {
  const standIns = await startStandIns({ token: TOKEN, latencyMs: 0 })
  const server = await startBenchServer({ engine, concurrency: 4 }, standIns, context)
  try {
    const delivery = { actionUrl: server.url, look: LOOK }
    await repeat(WARM_UPS, () => standIns.deliver({ ...delivery, environmentId: '99' }))
    const before = await readUse(server.pid)
    const times: number[] = []
    for (let number = 0; number < count; number += 1) {
      const taken = await standIns.taken()
      const delivered = await standIns.deliver(delivery)
      const problem = checkDelivered(delivered, taken, LOOK.rows)
      if (problem !== null) return { times, cpuSeconds: null, problem }
      times.push(delivered.record.milliseconds)
    }
    const after = await readUse(server.pid)
    const cpuSeconds = before && after ? after.cpuSeconds - before.cpuSeconds : null
    return { times, cpuSeconds, problem: null }
  } finally {
    await server.stop()
    await standIns.stop()
  }
}
