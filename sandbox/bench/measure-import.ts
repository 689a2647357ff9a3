import type { BenchContext } from './bench-context.ts'
import { startBenchServer, TOKEN } from './bench-server.ts'
import type { Engine } from './engines.ts'
import type { BenchLook } from './looks/bench-look.ts'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { readUse, resetPeak, useBetween } from './process-use.ts'
import { profileTime } from './profile/fold-profile.ts'
import { checkDelivered } from './stand-ins/check-delivered.ts'
import type { DeliveryOptions, StandIns } from './start-stand-ins.ts'
import { startStandIns } from './start-stand-ins.ts'

export type ImportCase = {
  engine: Engine
  look: BenchLook
  latencyMs: number
  /** Requests to Heap in flight. */
  concurrency: number
  /** Form parameters besides the usual ones. */
  params?: Record<string, string>
  /** Delivered before, and not measured: the same Look of the same sync. */
  deliveredBefore?: number
}

/** Rows that every server has imported before it is measured, as one has that lives long. */
export const WARM_UP_ROWS = 20_000

/** Where they went. */
const WARM_UP: DeliveryOptions = { planId: 'warm-up', environmentId: '99' }

/**
 * Imports a Look end to end: from Looker's call to the answer that says that all rows stand in Heap.
 *
 * @param beside is done with the stand-ins afterwards, in the same run
 */
export async function measureImport(
  { engine, look, latencyMs, concurrency, params = {}, deliveredBefore = 0 }: ImportCase,
  context: BenchContext,
  beside?: (standIns: StandIns) => Promise<void>,
): Promise<Measurement> {
  const standIns = await startStandIns({ token: TOKEN, latencyMs })
  try {
    const server = await startBenchServer({ engine, concurrency }, standIns, context)
    const delivery: DeliveryOptions = { actionUrl: server.url, look, params }
    try {
      const idle = await readUse(server.pid)
      const warmUp = { ...WARM_UP, look: { ...look, rows: Math.min(look.rows, WARM_UP_ROWS) } }
      await standIns.deliver({ ...delivery, ...warmUp })
      for (let number = 0; number < deliveredBefore; number += 1) await standIns.deliver(delivery)
      await resetPeak(server.pid)
      const [before, taken] = await Promise.all([
        readUse(server.pid),
        standIns.taken(undefined, params.property_type),
      ])
      const standInsBefore = await readUse(standIns.pid)
      const from = profileTime()
      const delivered = await standIns.deliver(delivery)
      const to = profileTime()
      const after = await readUse(server.pid)
      const standInsAfter = await readUse(standIns.pid)
      const problem = checkDelivered(delivered, taken, look.rows, params.dry_run === 'yes')
      const stages = context.profile ? await server.stopAndProfile({ from, to }) : undefined
      await beside?.(standIns)
      if (problem !== null) return failed(look.rows, problem)
      return {
        rows: look.rows,
        seconds: delivered.record.milliseconds / 1000,
        peakBytes: useBetween(idle, after).peakBytes,
        cpuSeconds: useBetween(before, after).cpuSeconds,
        standInCpuSeconds: useBetween(standInsBefore, standInsAfter).cpuSeconds,
        problem: null,
        ...(stages ? { stages } : {}),
      }
    } finally {
      await server.stop()
    }
  } finally {
    await standIns.stop()
  }
}
