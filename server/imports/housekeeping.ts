import type { ImportRepository } from '../database/import-repository.ts'

/** A reader renews its mark every 5 seconds; after six of them its process is taken for dead. */
const READER_GONE_SECONDS = 30

const CLOSE_EVERY_MILLISECONDS = 10_000
const DELETE_EVERY_MILLISECONDS = 3_600_000

/** Imports and rejected rows are personal data; they are kept for this long (design decision). */
const KEEP_DAYS = 14

export const INTERRUPTED =
  'The import was interrupted while Looker was sending, so Looker has reported it as failed. Send the Look again.'

/**
 * Closes imports whose process died while it read them, now and every few seconds, and deletes old ones.
 *
 * @param isOnlyProcess true for the embedded database: then whatever is open at the start has no reader
 */
export async function startHousekeeping(
  imports: ImportRepository,
  isOnlyProcess: boolean,
  onError: (error: unknown) => void,
) {
  await imports.closeAbandoned(isOnlyProcess ? 0 : READER_GONE_SECONDS, INTERRUPTED)
  const timers = [
    setInterval(
      () => imports.closeAbandoned(READER_GONE_SECONDS, INTERRUPTED).catch(onError),
      CLOSE_EVERY_MILLISECONDS,
    ),
    setInterval(() => imports.deleteOlderThan(KEEP_DAYS).catch(onError), DELETE_EVERY_MILLISECONDS),
  ]
  return {
    stop(): void {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
