import type { ClaimedBatch } from '../../database/repositories/batch-repository.ts'

/** The batches of one environment that are in hand. */
export type Lane = {
  /** In the order in which they go. */
  waiting: ClaimedBatch[]
  inFlight: number
  /** Heap has answered, and the outcome is being written down. */
  decided: number
  /** How long Heap takes for an answer, on a sliding average; null: it has not answered yet. */
  answerMs: number | null
}

/** Batches of an environment that wait at hand, so that the next one goes the moment Heap answers. */
const MOST_AHEAD = 28

/** Batches at hand are to last so long: taking others costs the database some milliseconds each time. */
const AHEAD_MILLISECONDS = 400

/** How much the newest answer counts in the average. */
const NEWEST = 0.2

export type Lanes = ReturnType<typeof createLanes>

/**
 * Batches in hand by environment. The slower Heap is, the fewer are taken ahead of their turn: what is in the
 * database yet can be overtaken by a small import, or be sent by another process.
 *
 * @param slots most requests in flight for one environment
 */
export function createLanes(slots: number) {
  const lanes = new Map<string, Lane>()

  function laneOf(environmentId: string): Lane {
    const lane = lanes.get(environmentId) ?? { waiting: [], inFlight: 0, decided: 0, answerMs: null }
    lanes.set(environmentId, lane)
    return lane
  }

  function answersAhead({ answerMs }: Lane): number {
    return answerMs === null ? 0 : (slots * AHEAD_MILLISECONDS) / Math.max(answerMs, 1)
  }

  function ahead(lane: Lane): number {
    return Math.min(MOST_AHEAD, Math.round(answersAhead(lane)))
  }

  function inHand({ waiting, inFlight }: Lane): number {
    return waiting.length + inFlight
  }

  return {
    of: laneOf,
    ids: () => [...lanes.keys()],
    add(batch: ClaimedBatch): void {
      const { waiting } = laneOf(batch.job.environmentId)
      const place = waiting.findLastIndex((other) => !goesBefore(batch, other)) + 1
      waiting.splice(place, 0, batch)
    },
    onAnswer(lane: Lane, milliseconds: number): void {
      lane.answerMs = (lane.answerMs ?? milliseconds) * (1 - NEWEST) + milliseconds * NEWEST
    },
    /** How many batches to take at once: as many as the emptiest lane has room for. */
    room: () => Math.max(slots, ...[...lanes.values()].map((lane) => slots + ahead(lane) - inHand(lane))),
    /** Environments of which enough is in hand. */
    full: () => [...lanes].flatMap(([id, lane]) => (inHand(lane) >= slots + ahead(lane) ? [id] : [])),
    /** Would a batch of this number go before one that waits? */
    wouldOvertake: (number: number) =>
      [...lanes.values()].some(({ waiting }) => (waiting.at(-1)?.job.number ?? 0) > number),
    /** Is it time to look for more of this environment? */
    runsLow: (lane: Lane) => lane.waiting.length <= ahead(lane) / 2,
    forgetEmpty(environmentId: string): void {
      const lane = lanes.get(environmentId)
      if (lane && lane.inFlight + lane.decided + lane.waiting.length === 0) lanes.delete(environmentId)
    },
  }
}

/** The import that has got least far goes first: a small one never waits behind a large one. */
function goesBefore({ job }: ClaimedBatch, { job: other }: ClaimedBatch): boolean {
  return job.number === other.number ? job.importId < other.importId : job.number < other.number
}
