import { dueOf, GRACE_MS } from '../../shared/syncs/due.ts'
import type { LateRepository } from '../database/repositories/late-repository.ts'

const QUIET = {
  /** Before that nothing is late. */
  quietMinutes: GRACE_MS / 60_000,
  /** Who has not delivered for two months, though once a month is the rarest of usual schedules, has ended. */
  givenUpDays: 62,
}

/** Lateness that is longer ago is no news: the server was not there. */
const NEWS_MS = 7 * 24 * 3_600_000

/**
 * Notes the syncs that have become late, each once: by the schedule where it was told, else by the usual rhythm.
 * Of a sync that fails, or has an import under way, it is not said that it is late; nor what was due before the sync
 * was watched. It is noted also when nobody is told of it, so that who is told later hears only of what is new.
 */
export async function noteLateSyncs(repository: LateRepository, now = new Date()): Promise<void> {
  for (let after = 0; ; ) {
    const quiet = await repository.quiet(after, QUIET)
    const last = quiet.at(-1)
    if (!last) return
    for (const sync of quiet) {
      const { starts, schedule, toldAt, createdAt, watchedSince } = sync
      const times = schedule !== null && 'crontab' in schedule ? schedule : null
      const due = dueOf({ starts, schedule: times && { times, toldAt: toldAt ?? createdAt }, now })
      if (!due?.late || now.getTime() - due.at.getTime() >= NEWS_MS) continue
      if (due.at >= watchedSince) await repository.note(sync, due)
    }
    after = last.id
  }
}
