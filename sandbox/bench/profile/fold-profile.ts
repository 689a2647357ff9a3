import { stageOf } from './stages.ts'

/** A file that Node writes with `--cpu-prof`, one a thread: V8's format of profiles, as its inspector has it. */
export type CpuProfile = {
  nodes: readonly ProfileNode[]
  /** Ids of nodes. */
  samples: readonly number[]
  /** Microseconds since the sample before, the first since the start. */
  timeDeltas: readonly number[]
  /** Microseconds of the machine's monotonic clock. */
  startTime: number
}

type ProfileNode = {
  id: number
  callFrame: { functionName: string; url: string }
  children?: readonly number[]
}

/** From when until when, in microseconds of the machine's monotonic clock (`process.hrtime`). */
export type ProfileWindow = { from: number; to: number }

/** Time in which the thread had nothing to do. */
const IDLE = '(idle)'

/**
 * Seconds by stage: the time of a sample counts for the innermost frame that has a stage, so that what the
 * runtime does for a stage counts for it.
 *
 * @param stage of a frame; null: whatever called it decides
 */
export function foldProfile(
  { nodes, samples, timeDeltas, startTime }: CpuProfile,
  { from, to }: ProfileWindow,
  stage: (functionName: string, url: string) => string | null = stageOf,
): Map<string, number> {
  const parents = new Map<number, number>()
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id)
  const frames = new Map(nodes.map((node) => [node.id, node.callFrame]))
  const known = new Map<number, string>()

  function stageOfNode(id: number | undefined): string {
    const frame = id === undefined ? undefined : frames.get(id)
    if (id === undefined || !frame) return 'other'
    const found = known.get(id) ?? stage(frame.functionName, frame.url) ?? stageOfNode(parents.get(id))
    known.set(id, found)
    return found
  }

  const seconds = new Map<string, number>()
  let time = startTime
  samples.forEach((id, index) => {
    time += timeDeltas[index] ?? 0
    // What was seen at a sample went on until the next.
    const end = time + (timeDeltas[index + 1] ?? 0)
    const overlap = Math.min(end, to) - Math.max(time, from)
    if (overlap <= 0 || frames.get(id)?.functionName === IDLE) return
    const name = stageOfNode(id)
    seconds.set(name, (seconds.get(name) ?? 0) + overlap / 1e6)
  })
  return seconds
}

/** Now, by the clock of profiles. */
export function profileTime(): number {
  return Number(process.hrtime.bigint() / 1000n)
}
