import { setTimeout as sleep } from 'node:timers/promises'
import type { BatchJob, BatchQueue } from '../../database/repositories/batch-queue.ts'
import { KEEP_ALIVE_SECONDS } from '../../database/repositories/batch-queue.ts'
import type { BatchRepository, ClaimedBatch } from '../../database/repositories/batch-repository.ts'
import type { HeapClient } from '../../heap/heap-client.ts'
import type { HeapTiming } from '../../heap/pace/heap-timing.ts'
import type { ImportEvents } from '../import-events.ts'
import type { Environments } from './environments.ts'
import type { OutcomeWriter } from './outcome-writer.ts'
import { sendBatch } from './send-batch.ts'

/** Batches in hand of one process, over all environments: bounds its memory to some 100 MB. */
const MAX_IN_HAND = 48

/**
 * A batch whose job could not be touched for so long is let go, requests in flight included: after 15 seconds
 * it is another process's, and two of them must not send one batch.
 */
const LET_GO_MILLISECONDS = 12_000

const LOOK_AT_HEARTBEATS_MILLISECONDS = 500

/** After an error of the database, which is then not asked all the time. */
const PAUSE_AFTER_ERROR_MILLISECONDS = 1_000

type DispatcherOptions = {
  queue: BatchQueue
  batches: BatchRepository
  outcomes: OutcomeWriter
  client: HeapClient
  environments: Environments
  events: ImportEvents
  timing: HeapTiming
  /** HEAP_CONCURRENCY: most requests in flight for one environment, across all processes. */
  perEnvironment: number
  onError: (error: unknown) => void
}

/** `touchedAt`: when the job was last known to be ours, by `performance.now()`. */
type Work = { done: Promise<void>; touchedAt: number; lost: AbortController }

/** Takes batches that are due and sends them to Heap, as many at once as each environment allows. */
export function startDispatcher(options: DispatcherOptions) {
  const { queue, batches, outcomes, client, environments, events, timing, perEnvironment, onError } = options
  // By the job as it was taken, not by its id: after a missed heartbeat this process may have it twice.
  const inHand = new Map<BatchJob, Work>()
  const stopping = new AbortController()
  let wake: () => void = () => undefined
  let woken = false

  /** Looks for batches now instead of at the next poll. */
  function nudge(): void {
    woken = true
    wake()
  }

  async function idle(milliseconds: number): Promise<void> {
    if (woken) return
    const waiting = new AbortController()
    wake = () => waiting.abort()
    await sleep(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined)
    wake = () => undefined
  }

  /** @returns whether there may be more to take at once */
  async function startBatches(): Promise<boolean> {
    const free = MAX_IN_HAND - inHand.size
    if (free === 0) return false
    const askedAt = performance.now()
    const jobs = await queue.takeJobs(free, perEnvironment, environments.paused(Date.now()))
    if (jobs.length === 0) return false
    for (const job of jobs) {
      inHand.set(job, { done: Promise.resolve(), touchedAt: askedAt, lost: new AbortController() })
    }
    try {
      const claimed = await batches.claim(jobs)
      for (const batch of claimed) {
        const entry = inHand.get(batch.job)
        if (entry) entry.done = work(batch, entry.lost.signal)
      }
      const claimedJobs = new Set(claimed.map((batch) => batch.job))
      for (const job of jobs) if (!claimedJobs.has(job)) inHand.delete(job)
    } catch (error) {
      // The jobs stay active and are taken again when their heartbeat stops.
      for (const job of jobs) inHand.delete(job)
      throw error
    }
    // An environment whose requests are all under way now hides the others no longer.
    return jobs.length === free || environments.count() > 1
  }

  async function work(batch: ClaimedBatch, lost: AbortSignal): Promise<void> {
    try {
      const { outcome, everyRowRefused } = await sendBatch(batch, {
        client,
        environments,
        timing,
        signal: AbortSignal.any([stopping.signal, lost]),
      })
      if (everyRowRefused !== null) await batches.refuseRest(batch.job.importId, everyRowRefused)
      await outcomes.write(outcome)
    } catch (error) {
      onError(error)
    } finally {
      inHand.delete(batch.job)
      nudge()
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false
      try {
        const more = await startBatches()
        if (!more) await idle(timing.pollMs)
      } catch (error) {
        onError(error)
        await idle(PAUSE_AFTER_ERROR_MILLISECONDS)
      }
    }
  }

  async function touch(): Promise<void> {
    const touchedAt = performance.now()
    const entries = [...inHand]
    await queue.keepAlive(entries.map(([job]) => job.jobId))
    for (const [, entry] of entries) entry.touchedAt = touchedAt
  }

  function letGo(): void {
    const oldest = performance.now() - LET_GO_MILLISECONDS
    for (const { touchedAt, lost } of inHand.values()) if (touchedAt < oldest) lost.abort()
  }

  const keepAlive = setInterval(() => void touch().catch(onError), KEEP_ALIVE_SECONDS * 1_000)
  const lookAtHeartbeats = setInterval(letGo, LOOK_AT_HEARTBEATS_MILLISECONDS)
  events.on('stored', nudge)
  const running = run()

  return {
    /** Ends requests that are under way and puts their batches back for another process, or the next start. */
    async stop(): Promise<void> {
      stopping.abort()
      events.off('stored', nudge)
      nudge()
      await running
      await Promise.all([...inHand.values()].map(({ done }) => done))
      clearInterval(keepAlive)
      clearInterval(lookAtHeartbeats)
    },
  }
}
