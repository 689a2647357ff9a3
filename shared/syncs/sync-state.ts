/** What a sync is, worst first of what holds at once, `failing` and `late` above all: see `SyncHealth`. */
export type SyncState = 'new' | 'running' | 'well' | 'rejected_rows' | 'failing' | 'late' | 'held' | 'waiting'

/** How the newest import that has ended did so. */
export type EndedState = 'well' | 'rejected_rows' | 'failing'

type SyncFacts = {
  /** Since when; null: none has ended yet. */
  ended: { state: EndedState; since: Date } | null
  /** Imports that have not ended. */
  open: readonly OpenImport[]
  /** Since when the next delivery is overdue; null: it is not. */
  lateSince: Date | null
  /** When it became known. */
  knownSince: Date
}

export type OpenImport = {
  startedAt: Date
  isHeld: boolean
  /** Since when Heap has turned away its rows; null: it does not. */
  deniedSince: Date | null
}

/**
 * The state of a sync and since when. What somebody has to do something about comes first: an import that is held,
 * then rows that Heap turns away. While one is under way it is `running`, whatever the last one was; with none under
 * way a failure outranks lateness, as it is the likelier to be the cause.
 */
export function syncState({ ended, open, lateSince, knownSince }: SyncFacts): {
  state: SyncState
  since: Date
} {
  const held = open.filter(({ isHeld }) => isHeld)
  if (held.length > 0) return { state: 'held', since: earliest(held.map(({ startedAt }) => startedAt)) }
  const denied = open.flatMap(({ deniedSince }) => deniedSince ?? [])
  if (denied.length > 0) return { state: 'waiting', since: earliest(denied) }
  if (open.length > 0) return { state: 'running', since: earliest(open.map(({ startedAt }) => startedAt)) }
  if (ended?.state === 'failing') return ended
  if (lateSince !== null) return { state: 'late', since: lateSince }
  return ended ?? { state: 'new', since: knownSince }
}

function earliest(dates: readonly Date[]): Date {
  return new Date(Math.min(...dates.map((date) => date.getTime())))
}
