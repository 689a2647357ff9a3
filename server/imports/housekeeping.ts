import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportRepository } from '../database/repositories/import-repository.ts'

/** A reader renews its mark every 5 seconds; after six of them its process is taken for dead. */
const READER_GONE_SECONDS = 30

const CLOSE_EVERY_MILLISECONDS = 10_000

/** While the database is away no reader can renew its mark, so each gets its time again after a silence. */
const SILENCE_MILLISECONDS = 15_000

/** At the start nobody knows whether there was a silence; readers wait 90 seconds for the database. */
const SURELY_GONE_SECONDS = 150

const PING_MILLISECONDS = 5_000
const DELETE_EVERY_MILLISECONDS = 24 * 3_600_000

/** What has waited too long for somebody to decide ends at most so much later. */
const DISCARD_EVERY_MILLISECONDS = 3_600_000

/** The embedded database has nobody else who gives back what finished batches leave. */
const RECLAIM_EVERY_MILLISECONDS = 3_600_000

/** A stop of the server takes 20 seconds at most; what is not deleted by then is by the next start. */
const STOP_MILLISECONDS = 5_000

/** Days that imports (RETENTION_DAYS) and their rejected rows (REJECTED_ROWS_DAYS) are kept. */
type Retention = { imports: number; rejectedRows: number }

export const INTERRUPTED =
  'The import was interrupted while Looker was sending, so Looker has reported it as failed. Send the Look again.'

/**
 * Closes imports whose process died while it read them, now and every few seconds, deletes old ones now
 * and every day, and gives back their space. Discards what has waited too long for somebody to decide.
 *
 * @param isOnlyProcess true for the embedded database: then whatever is open at the start has no reader
 * @param onFinished told of imports that are finished by being closed
 * @param discardOld discards held imports that nobody has decided about in time
 */
export async function startHousekeeping(
  imports: ImportRepository,
  isOnlyProcess: boolean,
  retention: Retention,
  onError: (error: unknown) => void,
  onFinished: (importIds: readonly number[]) => void = () => undefined,
  discardOld: () => Promise<unknown> = () => Promise.resolve(),
) {
  onFinished(await imports.closeAbandoned(isOnlyProcess ? 0 : SURELY_GONE_SECONDS, INTERRUPTED))
  let heardAt = performance.now()
  let steadySince = heardAt

  async function closeAbandoned(): Promise<void> {
    await imports.ping(PING_MILLISECONDS)
    const now = performance.now()
    if (now - heardAt > SILENCE_MILLISECONDS) steadySince = now
    heardAt = now
    if (now - steadySince < READER_GONE_SECONDS * 1_000) return
    onFinished(await imports.closeAbandoned(READER_GONE_SECONDS, INTERRUPTED))
  }

  async function finishDecided(): Promise<void> {
    onFinished(await imports.finishDecided())
  }

  async function deleteOld(): Promise<void> {
    await imports.deleteOld(retention)
    await imports.reclaimSpace()
  }

  const underWay = new Set<Promise<unknown>>()
  function run(work: () => Promise<unknown>): void {
    const running = work()
      .catch(onError)
      .finally(() => underWay.delete(running))
    underWay.add(running)
  }

  // The start does not wait for it.
  run(deleteOld)
  run(discardOld)

  const timers = [
    setInterval(run, CLOSE_EVERY_MILLISECONDS, closeAbandoned),
    setInterval(run, CLOSE_EVERY_MILLISECONDS, finishDecided),
    setInterval(run, DELETE_EVERY_MILLISECONDS, deleteOld),
    setInterval(run, DISCARD_EVERY_MILLISECONDS, discardOld),
    setInterval(run, RECLAIM_EVERY_MILLISECONDS, () => imports.reclaimSpace()),
  ]
  return {
    /** Waits for what is under way, so that the database is not closed beneath it, but not for long. */
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      await Promise.race([Promise.all(underWay), sleep(STOP_MILLISECONDS, undefined, { ref: false })])
    },
  }
}
