import type { BenchLook } from './looks/bench-look.ts'
import { READY_ENTITIES } from './looks/ready-body.ts'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { askProcess } from './processes/ask-process.ts'
import type { WireResult, WireSettings } from './processes/wire-client.ts'
import type { StandIns } from './start-stand-ins.ts'

/**
 * What the wire allows: a client that sends as many ready bodies of 1,000 entities of the same Look, with as
 * many in flight, and does nothing else.
 */
export async function measureWire(
  standIns: StandIns,
  { look, concurrency }: { look: BenchLook; concurrency: number },
): Promise<Measurement> {
  const requests = Math.ceil(look.rows / READY_ENTITIES)
  const asked = await askProcess<WireResult>('./wire-client.ts', {
    heapUrl: standIns.heapUrl,
    look,
    requests,
    inFlight: concurrency,
  } satisfies WireSettings)
  if (asked.kind === 'failed') return failed(look.rows, asked.problem)
  const { seconds, refused, cpuSeconds } = asked.result
  if (refused > 0) return failed(look.rows, `Heap refused ${refused} requests`)
  return { rows: requests * READY_ENTITIES, seconds, cpuSeconds, peakBytes: null, problem: null }
}
