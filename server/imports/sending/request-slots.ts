import { randomUUID } from 'node:crypto'
import { LET_GO_SECONDS } from '../../database/repositories/batch-queue.ts'
import type { SlotClaim, SlotRepository } from '../../database/repositories/slot-repository.ts'
import { fairShares } from './fair-shares.ts'

/** How many requests to an environment this process may have in flight. */
export type RequestSlots = {
  of: (environmentId: string) => number
  /** Says what is in flight and what could be, whenever that changes. */
  want: (environmentId: string, use: SlotUse) => void
  stop: () => Promise<void>
}

type SlotUse = { inFlight: number; wanted: number }

/** How often processes look how many of them there are. */
const BALANCE_EVERY_MILLISECONDS = 250

/** For the only process on a database: all slots are its own. */
export function ownSlots(limit: number): RequestSlots {
  return { of: () => limit, want: () => undefined, stop: async () => undefined }
}

type Environment = SlotUse & { slots: number; confirmedAt: number; asking: Promise<void> | null }

/**
 * Shares the slots of every environment with the other processes on a database, so that all together keep
 * to the limit.
 *
 * @param limit of requests in flight for one environment, across all processes
 * @param onMore called when an environment may have got more
 */
export function sharedSlots(
  repository: SlotRepository,
  limit: number,
  onMore: (environmentId: string) => void,
  onError: (error: unknown) => void,
): RequestSlots {
  const own = randomUUID()
  const environments = new Map<string, Environment>()
  /** What is given up: claimed again before that is written down, it would be given up with the old claim. */
  let releasing: Promise<void> = Promise.resolve()

  async function claim(environmentId: string, entry: Environment): Promise<void> {
    await releasing
    const askedAt = performance.now()
    let granted = 0
    await repository.claim(environmentId, own, (claims, turn) => {
      granted = grant(limit, own, entry.wanted, claims, turn)
      // Fewer at once, more only when that is written down.
      entry.slots = Math.min(entry.slots, granted)
      return { held: Math.max(entry.inFlight, granted), wanted: entry.wanted }
    })
    entry.slots = granted
    entry.confirmedAt = askedAt
  }

  function ask(environmentId: string, entry: Environment): void {
    entry.asking ??= claim(environmentId, entry)
      .then(() => onMore(environmentId))
      .catch(onError)
      .finally(() => {
        entry.asking = null
      })
  }

  function forget(environmentIds: readonly string[]): Promise<void> {
    for (const id of environmentIds) environments.delete(id)
    releasing = releasing.then(() => repository.release(environmentIds, own)).catch(onError)
    return releasing
  }

  function balance(): void {
    const idle: string[] = []
    for (const [id, entry] of environments) {
      if (entry.wanted > 0 || entry.asking) ask(id, entry)
      else idle.push(id)
    }
    if (idle.length > 0) void forget(idle)
  }

  const timer = setInterval(balance, BALANCE_EVERY_MILLISECONDS)

  return {
    of(environmentId) {
      const entry = environments.get(environmentId)
      if (!entry || entry.confirmedAt < performance.now() - LET_GO_SECONDS * 1_000) return 0
      return entry.slots
    },

    want(environmentId, use) {
      const wanted = Math.min(limit, use.wanted)
      const known = environments.get(environmentId)
      if (known) {
        const isMore = wanted > known.wanted
        Object.assign(known, { inFlight: use.inFlight, wanted })
        if (isMore && wanted > known.slots) ask(environmentId, known)
      } else if (wanted > 0) {
        const entry = { inFlight: use.inFlight, wanted, slots: 0, confirmedAt: 0, asking: null }
        environments.set(environmentId, entry)
        ask(environmentId, entry)
      }
    },

    async stop() {
      clearInterval(timer)
      await Promise.all([...environments.values()].map(({ asking }) => asking))
      await forget([...environments.keys()])
    },
  }
}

function grant(
  limit: number,
  own: string,
  wanted: number,
  claims: readonly SlotClaim[],
  turn: number,
): number {
  const others = claims.filter(({ process }) => process !== own)
  const all = [...others, { process: own, held: 0, wanted }].sort((a, b) => (a.process < b.process ? -1 : 1))
  const shares = fairShares(
    limit,
    all.map((claim) => claim.wanted),
    turn,
  )
  const free = limit - others.reduce((sum, { held }) => sum + held, 0)
  return Math.max(0, Math.min(shares[all.findIndex(({ process }) => process === own)] ?? 0, free))
}
