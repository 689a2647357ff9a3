import type { HeldRepository } from '../../database/repositories/held/held-repository.ts'
import type { OrderRepository } from '../../database/repositories/order-repository.ts'
import type { KeyRepository, LaterImport } from '../../database/repositories/repair/key-repository.ts'
import { heapTarget } from '../sync-target.ts'
import { leaveOutNewer } from './leave-out-newer.ts'

/** A delivery may come in between, so that more keys have to be left out. */
const TRIES = 5

type Releaser = {
  held: HeldRepository
  keys: KeyRepository
  order: OrderRepository
  /** Told of imports that are finished: of which nothing is left to be sent. */
  onFinished: (importIds: readonly number[]) => void
}

export type ReleaseAnswer =
  | { kind: 'released' }
  /** Nobody has to decide about it. */
  | { kind: 'not_held' }
  /** `why`: sentences that say what to do instead. */
  | { kind: 'not_now'; why: string }

/**
 * Lets the rows of an import go that has waited for somebody to decide. Only now they are accepted. Deliveries that
 * came meanwhile did not wait for it, so what they have brought is newer: rows whose key one of them has are left out,
 * and counted as superseded, as in a retry (`retryImport`). The rest is sent in its turn: later deliveries wait for it
 * by key, like for any older one.
 */
export async function releaseImport(importId: number, releaser: Releaser): Promise<ReleaseAnswer> {
  const { held, keys } = releaser
  for (let tries = 0; tries < TRIES; tries += 1) {
    const settings = await held.find(importId)
    if (!settings) return { kind: 'not_held' }
    // What waits for somebody to decide as well is not accepted yet; its own turn is at its own release.
    const later = (await keys.later(importId)).filter(({ isHeld }) => !isHeld)
    const why = whyNotNow(later)
    if (why !== null) return { kind: 'not_now', why }
    const told = later.filter((entry) => entry.keys === 'stored')
    const isEmpty = await leaveOutNewer(importId, heapTarget(settings), told, releaser)
    if (isEmpty) return { kind: 'released' }
    const seen = later.map(({ id }) => id)
    const answer = await held.release(importId, seen)
    if (answer !== 'changed') return { kind: answer }
  }
  return { kind: 'not_now', why: 'Deliveries of this sync come in all the time. Try again in a minute.' }
}

function whyNotNow(later: readonly LaterImport[]): string | null {
  if (later.some(({ isReading }) => isReading)) {
    return 'A later delivery is being read, and may bring the same rows. Try again when it has been read.'
  }
  const unknown = later.find(({ keys }) => keys === null)
  if (!unknown) return null
  return `It is not known which rows import ${unknown.id}, which came later, has brought, so that old values could replace new ones. Discard this delivery and send the Look again.`
}
