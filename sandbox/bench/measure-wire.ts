import { columnsOf } from './looks/bench-columns.ts'
import type { BenchLook } from './looks/bench-look.ts'
import { PLAIN_LOOK } from './looks/bench-look.ts'
import { KEY_DIGITS, KEY_START } from './looks/row-blocks.ts'
import type { Measurement } from './measurement.ts'
import { failed } from './measurement.ts'
import { askProcess } from './processes/ask-process.ts'
import type { WireResult, WireSettings } from './processes/wire-client.ts'
import type { StandIns } from './start-stand-ins.ts'

/** Entities a request: as many as Heap allows. */
const ENTITIES = 1_000

/** An environment of its own, so that what is counted there is not an import's. */
const ENVIRONMENT = '77'

/**
 * What the wire allows: a client that sends as many ready bodies of 1,000 entities of the same Look, with as
 * many in flight, and does nothing else.
 */
export async function measureWire(
  standIns: StandIns,
  { look, concurrency }: { look: BenchLook; concurrency: number },
): Promise<Measurement> {
  const requests = Math.ceil(look.rows / ENTITIES)
  const asked = await askProcess<WireResult>('./wire-client.ts', {
    heapUrl: standIns.heapUrl,
    path: '/api/add_user_properties',
    body: readyBody(look),
    requests,
    inFlight: concurrency,
  } satisfies WireSettings)
  if (asked.kind === 'failed') return failed(look.rows, asked.problem)
  const { seconds, refused, cpuSeconds } = asked.result
  if (refused > 0) return failed(look.rows, `Heap refused ${refused} requests`)
  return { rows: requests * ENTITIES, seconds, cpuSeconds, peakBytes: null, problem: null }
}

/** Entities as large as those that a plain Look's rows become. */
function readyBody(look: BenchLook): string {
  const columns = columnsOf(look.shape === 'plain' ? look : PLAIN_LOOK)
  const users = Array.from({ length: ENTITIES }, (_, row) => ({
    identity: `${KEY_START}${String(row).padStart(KEY_DIGITS, '0')}@example.com`,
    properties: Object.fromEntries(columns.map(({ field, write }) => [field.label, JSON.parse(write(row))])),
  }))
  return JSON.stringify({ app_id: ENVIRONMENT, users })
}
