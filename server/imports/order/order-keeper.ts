import { setTimeout as sleep } from 'node:timers/promises'
import type { HeldImport, OrderRepository } from '../../database/repositories/order-repository.ts'
import type { ImportEvents } from '../import-events.ts'
import { settleImport } from './settle-import.ts'

/** How often to look for held rows whose turn another process may have brought. */
const POLL_MILLISECONDS = 1_000

/** An import that this process works on is left alone by the others for so long after each sign of life. */
const LEASE_SECONDS = 60

/** Comparing rows may take this share of the time: a tenth. */
const REST_FACTOR = 9

const RENEW_EVERY_MILLISECONDS = 10_000

type OrderKeeperOptions = {
  order: OrderRepository
  events: ImportEvents
  batchSize: number
  onError: (error: unknown) => void
}

/**
 * Keeps the rows of overlapping imports in order: looks after the batches that are held, and lets them go when
 * no older row of their keys is undecided any more.
 */
export function startOrderKeeper({ order, events, batchSize, onError }: OrderKeeperOptions) {
  const stopping = new AbortController()
  /** By import: what the last comparing was about, and how long to rest after it. */
  const compared = new Map<number, { olderProgress: string; restUntil: number }>()
  let wake: () => void = () => undefined
  let anyHeld = true
  let woken = false

  /** Rows have been decided or read to their end: somebody's turn may have come. */
  function nudge(): void {
    if (!anyHeld) return
    woken = true
    wake()
  }
  events.on('decided', nudge)
  events.on('read', nudgeAlways)
  events.on('released', nudgeAlways)
  function nudgeAlways(): void {
    woken = true
    wake()
  }

  async function lookAfter(found: HeldImport): Promise<void> {
    const held = { ...found, older: found.older.filter((entry) => concerns(entry, found)) }
    if (held.older.length === 0) {
      await order.releaseAll(held)
      events.emit('stored', 1)
      return
    }
    if (held.state === 'reading' || held.older.some(({ state }) => state === 'reading')) return
    const last = compared.get(held.id)
    if (last && (last.olderProgress === held.olderProgress || last.restUntil > performance.now())) return
    if (!(await order.begin(held.id, LEASE_SECONDS))) return
    const begin = performance.now()
    try {
      const finished = await settleImport(held, {
        order,
        batchSize,
        onProgress: renewing(() => order.goOn(held.id, LEASE_SECONDS)),
      })
      events.emit('stored', 1)
      if (finished.length > 0) events.emit('decided', finished)
    } finally {
      await order.end(held.id)
      const end = performance.now()
      compared.set(held.id, {
        olderProgress: held.olderProgress,
        restUntil: end + (end - begin) * REST_FACTOR,
      })
    }
  }

  async function lookAfterAll(): Promise<void> {
    const imports = await order.heldImports()
    anyHeld = imports.length > 0
    const ids = new Set(imports.map(({ id }) => id))
    for (const id of compared.keys()) if (!ids.has(id)) compared.delete(id)
    for (const held of imports) {
      if (stopping.signal.aborted) return
      // One import that cannot be compared must not keep the others waiting.
      await lookAfter(held).catch(onError)
    }
  }

  async function idle(): Promise<void> {
    if (woken || stopping.signal.aborted) return
    const waiting = new AbortController()
    wake = () => waiting.abort()
    const rests = [...compared.values()].map(({ restUntil }) => restUntil - performance.now())
    const shortest = Math.min(POLL_MILLISECONDS, ...rests.filter((rest) => rest > 0))
    await sleep(shortest, undefined, { signal: waiting.signal }).catch(() => undefined)
    wake = () => undefined
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false
      try {
        await lookAfterAll()
      } catch (error) {
        onError(error)
      }
      await idle()
    }
  }

  const running = run()
  return {
    async stop(): Promise<void> {
      stopping.abort()
      nudgeAlways()
      events.off('decided', nudge)
      events.off('read', nudgeAlways)
      events.off('released', nudgeAlways)
      await running
    },
  }
}

/** An older import that somebody has to decide about keeps no row waiting; a whole delivery of its sync may replace rows. */
function concerns({ isHeld, sameSync }: HeldImport['older'][number], newer: HeldImport): boolean {
  return !isHeld || (sameSync && (newer.complete || newer.state === 'reading'))
}

/** Progress is told far more often than the lease must be renewed. */
function renewing(renew: () => Promise<void>): () => Promise<void> {
  let renewedAt = performance.now()
  return async () => {
    if (performance.now() - renewedAt < RENEW_EVERY_MILLISECONDS) return
    renewedAt = performance.now()
    await renew()
  }
}
