import type { ImportCounts } from '../../shared/report/import-counts.ts'
import type { Queryable } from '../database/engine/database.ts'
import type { ImportEvents } from '../imports/import-events.ts'
import type { ImportEnd, ImportMetrics } from './import-metrics.ts'

type Counting = {
  events: ImportEvents
  database: Queryable
  metrics: ImportMetrics
  onError: (error: unknown) => void
}

type FinishedImport = { ended: ImportEnd; isDryRun: boolean; counts: ImportCounts }

/** Counts every import that this process finishes, by what Looker is told of it. */
export function countFinished({ events, database, metrics, onError }: Counting) {
  const counting = new Set<Promise<void>>()

  async function count(importIds: readonly number[]): Promise<void> {
    const rows = await database.query<FinishedImport>(
      `select ended, coalesce(settings ->> 'dryRun', 'false') = 'true' as "isDryRun",
         json_build_object('received', received, 'delivered', delivered, 'rejected', rejected, 'skipped', skipped,
           'superseded', superseded, 'unchanged', unchanged) as counts
       from imports where id = any($1::int[]) and ended is not null`,
      [[...importIds]],
    )
    for (const { ended, counts, isDryRun } of rows) metrics.finished(ended, counts, isDryRun)
  }

  events.on('decided', (finishedIds) => {
    if (finishedIds.length === 0) return
    const done: Promise<void> = count(finishedIds)
      .catch(onError)
      .finally(() => counting.delete(done))
    counting.add(done)
  })
  return {
    /** Waits for what is being counted: it needs the database. */
    async settle(): Promise<void> {
      await Promise.all(counting)
    },
  }
}
