import { setTimeout as sleep } from 'node:timers/promises'
import type { BatchJob, BatchQueue } from '../../database/repositories/batch-queue.ts'
import { KEEP_ALIVE_SECONDS, LET_GO_SECONDS } from '../../database/repositories/batch-queue.ts'
import type { BatchRepository, ClaimedBatch } from '../../database/repositories/batch-repository.ts'
import type { TestRepository } from '../../database/repositories/test-repository.ts'
import type { HeapClient, HeapExchange } from '../../heap/heap-client.ts'
import type { HeapTiming } from '../../heap/pace/heap-timing.ts'
import type { KeptBatches } from '../batches/kept-batches.ts'
import type { ImportEvents } from '../import-events.ts'
import { createWakeablePause } from '../wakeable-pause.ts'
import type { Environments } from './environments.ts'
import { createLanes } from './lanes.ts'
import type { OutcomeWriter } from './outcome-writer.ts'
import type { RequestSlots } from './request-slots.ts'
import { sendBatch } from './send-batch.ts'

/** Batches in hand of one process, over all environments: bounds its memory to some 100 MB. */
const MAX_IN_HAND = 48

/** Taking batches in ones and twos would cost more than it gains. */
const PAUSE_BETWEEN_TAKES_MILLISECONDS = 10

const LOOK_AT_HEARTBEATS_MILLISECONDS = 500

/** After an error of the database, which is then not asked all the time. */
const PAUSE_AFTER_ERROR_MILLISECONDS = 1_000

type DispatcherOptions = {
  queue: BatchQueue
  batches: BatchRepository
  kept: KeptBatches
  outcomes: OutcomeWriter
  client: HeapClient
  environments: Environments
  /** @param onMore called when an environment may have got more slots */
  openSlots: (onMore: (environmentId: string) => void) => RequestSlots
  events: ImportEvents
  timing: HeapTiming
  tests: Pick<TestRepository, 'keep'>
  /** HEAP_CONCURRENCY: most requests in flight for one environment, across all processes. */
  perEnvironment: number
  onError: (error: unknown) => void
  /** Put around the sending of a batch, for whoever watches. */
  around?: <T>(job: BatchJob, work: () => Promise<T>) => Promise<T>
}

/** `touchedAt`: when the job was last known to be ours, by `performance.now()`. */
type Work = { touchedAt: number; lost: AbortController; isDecided: boolean }

/** Takes batches that are due and sends them to Heap, as many at once as each environment allows. */
export function startDispatcher(options: DispatcherOptions) {
  const { queue, batches, kept, outcomes, client, environments, events, timing, perEnvironment, onError } =
    options
  const { around = (_job, work) => work() } = options
  const keepTest = (importId: number, { path, body, answer }: HeapExchange) =>
    options.tests.keep(importId, { path, body: body.toString(), answer }).catch(onError)
  // By the job as it was taken, not by its id: after a missed heartbeat this process may have it twice.
  const inHand = new Map<BatchJob, Work>()
  const lanes = createLanes(perEnvironment)
  const slots = options.openSlots(startWaiting)
  const stopping = new AbortController()
  /** Has an import begun that goes before what waits in hand? Then the limits of what is taken ahead do not count. */
  let hasNewer = false
  /** Ends when there may be batches to take. */
  const idle = createWakeablePause()

  /** @returns whether there may be more to take at once */
  async function takeBatches(): Promise<boolean> {
    const free = MAX_IN_HAND - inHand.size
    if (free === 0) return false
    const askedAt = performance.now()
    const paused = environments.paused(Date.now())
    const passedOver = hasNewer ? paused : [...paused, ...lanes.full()]
    hasNewer = false
    const count = Math.min(free, lanes.room())
    const jobs = await queue.takeJobs(count, passedOver)
    if (jobs.length === 0) return false
    for (const job of jobs) {
      inHand.set(job, { touchedAt: askedAt, lost: new AbortController(), isDecided: false })
    }
    try {
      const claimed = await batches.claim(jobs, kept.take)
      const claimedJobs = new Set(claimed.map((batch) => batch.job))
      for (const job of jobs) if (!claimedJobs.has(job)) inHand.delete(job)
      for (const batch of claimed) lanes.add(batch)
    } catch (error) {
      // The jobs stay active and are taken again when their heartbeat stops.
      for (const job of jobs) inHand.delete(job)
      throw error
    }
    for (const id of new Set(jobs.map((job) => job.environmentId))) startWaiting(id)
    return jobs.length === count
  }

  function onStored(firstNumber: number): void {
    hasNewer ||= lanes.wouldOvertake(firstNumber)
    idle.wake()
  }

  /** Sends as many of the batches in hand as the environment has room for. */
  function startWaiting(environmentId: string): void {
    const lane = lanes.of(environmentId)
    const room = () => (stopping.signal.aborted ? MAX_IN_HAND : slots.of(environmentId)) > lane.inFlight
    while (lane.waiting.length > 0 && room()) {
      const batch = lane.waiting.shift()
      if (batch) void send(batch)
    }
    slots.want(environmentId, { inFlight: lane.inFlight, wanted: lane.inFlight + lane.waiting.length })
    lanes.forgetEmpty(environmentId)
  }

  async function send(batch: ClaimedBatch): Promise<void> {
    const { job } = batch
    const lane = lanes.of(job.environmentId)
    const entry = inHand.get(job)
    lane.inFlight += 1
    const begunAt = performance.now()
    let isOnItsWay = true
    /** The slot is free at Heap's answer: others need not wait until the outcome is written down. */
    function freeSlot(): void {
      if (!isOnItsWay) return
      isOnItsWay = false
      lane.inFlight -= 1
      lane.decided += 1
      if (entry) entry.isDecided = true
      lanes.onAnswer(lane, performance.now() - begunAt)
      startWaiting(job.environmentId)
      if (lanes.runsLow(lane)) idle.wake()
    }
    try {
      const signals = entry ? [stopping.signal, entry.lost.signal] : [stopping.signal]
      const signal = AbortSignal.any(signals)
      const { outcome, everyRowRefused } = await around(job, () =>
        sendBatch(batch, { client, environments, timing, signal, keepTest }),
      )
      if (everyRowRefused !== null) await refuseRest(job.importId, everyRowRefused)
      freeSlot()
      await outcomes.write(outcome, !hasUndecided())
    } catch (error) {
      onError(error)
    } finally {
      inHand.delete(job)
      freeSlot()
      lane.decided -= 1
      lanes.forgetEmpty(job.environmentId)
      if (lanes.runsLow(lane)) idle.wake()
    }
  }

  async function refuseRest(importId: number, text: string): Promise<void> {
    if (!(await batches.refuseRest(importId, text))) return
    for (const id of lanes.ids()) {
      for (const batch of lanes.of(id).waiting)
        if (batch.job.importId === importId) batch.refusedText ??= text
    }
  }

  function onCancelled(importIds: readonly number[]): void {
    for (const id of lanes.ids()) {
      for (const batch of lanes.of(id).waiting)
        if (importIds.includes(batch.job.importId)) batch.isCancelled = true
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      idle.reset()
      try {
        const more = await takeBatches()
        if (inHand.size > 0) await sleep(PAUSE_BETWEEN_TAKES_MILLISECONDS)
        if (!more) await idle.wait(timing.pollMs)
      } catch (error) {
        onError(error)
        await idle.wait(PAUSE_AFTER_ERROR_MILLISECONDS)
      }
    }
  }

  /** Is there a batch in hand of which it is not known yet what becomes of it? */
  function hasUndecided(): boolean {
    return [...inHand.values()].some(({ isDecided }) => !isDecided)
  }

  async function touch(): Promise<void> {
    const touchedAt = performance.now()
    const entries = [...inHand]
    await queue.keepAlive(entries.map(([job]) => job.jobId))
    for (const [, entry] of entries) entry.touchedAt = touchedAt
  }

  function letGo(): void {
    const oldest = performance.now() - LET_GO_SECONDS * 1_000
    for (const { touchedAt, lost } of inHand.values()) if (touchedAt < oldest) lost.abort()
  }

  const keepAlive = setInterval(() => void touch().catch(onError), KEEP_ALIVE_SECONDS * 1_000)
  const lookAtHeartbeats = setInterval(letGo, LOOK_AT_HEARTBEATS_MILLISECONDS)
  events.on('stored', onStored)
  events.on('cancelled', onCancelled)
  const running = run()

  return {
    /** Ends requests that are under way and puts their batches back for another process, or the next start. */
    async stop(): Promise<void> {
      stopping.abort()
      events.off('stored', onStored)
      events.off('cancelled', onCancelled)
      idle.wake()
      await running
      // What has not begun is put back as well.
      for (const id of lanes.ids()) startWaiting(id)
      while (inHand.size > 0) {
        idle.reset()
        await idle.wait(LOOK_AT_HEARTBEATS_MILLISECONDS)
      }
      clearInterval(keepAlive)
      clearInterval(lookAtHeartbeats)
      await slots.stop()
    },
  }
}
