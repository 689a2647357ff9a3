import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { startBenchServer, TOKEN } from '../bench-server.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { median } from '../median.ts'
import { checkDelivered } from '../stand-ins/check-delivered.ts'
import { NOTHING_TAKEN } from '../stand-ins/heap.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { EMPTY_LINE } from '../table/line.ts'

const SYNCS = 24
const SMALL = { ...PLAIN_LOOK, rows: 100 }
const ENVIRONMENT = '11'
const LATENCIES = [0, 100]

/** Small syncs, one after the other, while a large delivery into the same environment is under way. */
export async function measureBeside(context: BenchContext): Promise<void> {
  for (const latencyMs of LATENCIES) {
    const runs = await repeat(context.runs, (run) => {
      context.say(`small syncs beside a large one, Heap ${latencyMs} ms, run ${run + 1}`)
      return deliverBeside(latencyMs, context)
    })
    const amount = median(runs.map(({ slowest }) => slowest))
    const problems = [...new Set(runs.flatMap(({ problem }) => problem ?? []))]
    const beside = median(runs.map((run) => run.beside))
    context.show({
      ...EMPTY_LINE,
      what: `slowest of ${SYNCS} small syncs beside a large one, Heap ${latencyMs} ms × 4, PGlite`,
      target: { of: 'value', is: 'at most', amount: 2_000 },
      value: amount === null ? null : { amount, unit: 'ms' },
      note: [
        ...problems,
        `${beside} of ${SYNCS} answered while the ${context.rows.toLocaleString('en-US')} rows were under way`,
      ].join('; '),
      isBroken: problems.length > 0,
    })
  }
}

type Beside = { slowest: number | null; beside: number; problem: string | null }

async function deliverBeside(latencyMs: number, context: BenchContext): Promise<Beside> {
  const standIns = await startStandIns({ token: TOKEN, latencyMs })
  const server = await startBenchServer({ engine: 'PGlite', concurrency: 4 }, standIns, context)
  try {
    const actionUrl = server.url
    const look = { ...PLAIN_LOOK, rows: context.rows }
    await standIns.deliver({ actionUrl, look: SMALL, environmentId: '99' })
    let isDone = false
    const large = standIns
      .deliver({ actionUrl, look, planId: 'large', environmentId: ENVIRONMENT })
      .then((one) => {
        isDone = true
        return one
      })
    // Its first rows have come through, so that all its stages are at work.
    while (!isDone && (await standIns.taken(ENVIRONMENT)).entities === 0) await sleep(5)
    const times: number[] = []
    let beside = 0
    for (let number = 1; number <= SYNCS; number += 1) {
      // Of other people: rows of one key and target would have to wait for each other.
      const small = { actionUrl, look: SMALL, planId: `small ${number}`, environmentId: ENVIRONMENT }
      const { record } = await standIns.deliver({ ...small, params: { property_type: 'account' } })
      if (record.status !== 'success') return { slowest: null, beside, problem: record.message }
      times.push(record.milliseconds)
      if (!isDone) beside += 1
    }
    const { record, taken } = await large
    const problem = checkDelivered({ record, taken }, NOTHING_TAKEN, look.rows)
    const ofSmall = await standIns.taken(ENVIRONMENT, 'account')
    const missing =
      ofSmall.entities === SYNCS * SMALL.rows ? null : `Heap took ${ofSmall.entities} small rows`
    return { slowest: Math.max(...times), beside, problem: problem ?? missing }
  } finally {
    await server.stop()
    await standIns.stop()
  }
}
