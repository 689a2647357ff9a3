import type { BenchContext } from '../bench-context.ts'
import { repeat } from '../bench-context.ts'
import { startBenchServer, TOKEN } from '../bench-server.ts'
import type { Engine } from '../engines.ts'
import { ENGINES } from '../engines.ts'
import type { BenchLook } from '../looks/bench-look.ts'
import { PLAIN_LOOK } from '../looks/bench-look.ts'
import { WARM_UP_ROWS } from '../measure-import.ts'
import { median } from '../median.ts'
import { readUse } from '../process-use.ts'
import type { DeliveryOptions, StandIns } from '../start-stand-ins.ts'
import { startStandIns } from '../start-stand-ins.ts'
import { EMPTY_LINE } from '../table/line.ts'

/** One row in a hundred. */
const CHANGED_EVERY = 100

const SYNC = { sync_id: 'sync-of-the-benchmark', send: 'changed' }

type Delivered = { seconds: number; cpuSeconds: number; entities: number; requests: number }

/** What fingerprints cost a delivery that sends everything, and what the next one saves by them. */
export async function measureChanged(context: BenchContext): Promise<void> {
  const look = { ...PLAIN_LOOK, rows: context.rows }
  for (const engine of ENGINES) {
    const runs = await repeat(context.runs, (run) => {
      context.say(`${look.rows} rows, then 1 % of them changed, ${engine}, run ${run + 1}`)
      return deliverThrice(engine, look, context)
    })
    const every = runs.map(({ all, changed }) => changed.requests / all.requests)
    const isBroken = runs.some(
      ({ plain, all, changed }) =>
        plain.entities !== look.rows ||
        all.entities !== look.rows ||
        changed.entities !== Math.ceil(look.rows / CHANGED_EVERY),
    )
    context.show({
      ...EMPTY_LINE,
      what: `keeping fingerprints, over a delivery without, Heap 0 ms, ${engine}`,
      target: { of: 'ratio', is: 'at most', amount: 1.1 },
      value: secondsOf(runs.map(({ all }) => all.seconds)),
      ratio: median(runs.map(({ plain, all }) => all.seconds / plain.seconds)),
      cpuSeconds: median(runs.map(({ all }) => all.cpuSeconds)),
      note: `CPU over without: ${cpuRatio(runs)}`,
      isBroken,
    })
    context.show({
      ...EMPTY_LINE,
      what: `the same once more, 1 % of the rows changed, only these sent, ${engine}`,
      value: secondsOf(runs.map(({ changed }) => changed.seconds)),
      cpuSeconds: median(runs.map(({ changed }) => changed.cpuSeconds)),
      note: `${((median(every) ?? 0) * 100).toFixed(2)} % of the requests`,
      isBroken,
    })
  }
}

function secondsOf(seconds: readonly number[]) {
  const amount = median(seconds)
  return amount === null ? null : { amount, unit: 's' as const }
}

function cpuRatio(runs: readonly { plain: Delivered; all: Delivered }[]): string {
  return (median(runs.map(({ plain, all }) => all.cpuSeconds / plain.cpuSeconds)) ?? 0).toFixed(2)
}

async function deliverThrice(engine: Engine, look: BenchLook, context: BenchContext) {
  const standIns = await startStandIns({ token: TOKEN, latencyMs: 0 })
  const server = await startBenchServer({ engine, concurrency: 4 }, standIns, context)
  const deliver = (options: DeliveryOptions) =>
    deliverOnce(standIns, server.pid, { actionUrl: server.url, look, ...options })
  try {
    await deliver({
      look: { ...look, rows: Math.min(look.rows, WARM_UP_ROWS) },
      planId: 'warm-up',
      environmentId: '99',
    })
    const plain = await deliver({ planId: 'plain', environmentId: '12' })
    const all = await deliver({ planId: 'synced', params: SYNC })
    const changed = await deliver({
      look: { ...look, changedEvery: CHANGED_EVERY },
      planId: 'synced',
      params: SYNC,
    })
    return { plain, all, changed }
  } finally {
    await server.stop()
    await standIns.stop()
  }
}

async function deliverOnce(standIns: StandIns, pid: number, delivery: DeliveryOptions): Promise<Delivered> {
  const taken = await standIns.taken(delivery.environmentId)
  const before = await readUse(pid)
  const delivered = await standIns.deliver(delivery)
  const after = await readUse(pid)
  if (delivered.record.status !== 'success') throw new Error(delivered.record.message)
  return {
    seconds: delivered.record.milliseconds / 1000,
    cpuSeconds: (after?.cpuSeconds ?? Number.NaN) - (before?.cpuSeconds ?? Number.NaN),
    entities: delivered.taken.entities - taken.entities,
    requests: delivered.taken.requests - taken.requests,
  }
}
