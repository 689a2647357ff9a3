import type { ImportRecord } from '../database/repositories/import-record.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import type { ImportEvents } from '../imports/import-events.ts'
import { reportToLooker } from '../imports/report-import.ts'
import type { ImportEnd, ImportMetrics } from './import-metrics.ts'

type Counting = {
  events: ImportEvents
  imports: ImportRepository
  metrics: ImportMetrics
  onError: (error: unknown) => void
}

/** Counts every import that this process finishes, by what Looker is told of it. */
export function countFinished({ events, imports, metrics, onError }: Counting) {
  const counting = new Set<Promise<void>>()

  async function count(importId: number): Promise<void> {
    const record = await imports.find(importId)
    if (!record) return
    metrics.finished(await endOf(record, imports), record.counts, record.settings.dryRun)
  }

  events.on('decided', (finishedIds) => {
    for (const id of finishedIds) {
      const done: Promise<void> = count(id)
        .catch(onError)
        .finally(() => counting.delete(done))
      counting.add(done)
    }
  })
  return {
    /** Waits for what is being counted: it needs the database. */
    async settle(): Promise<void> {
      await Promise.all(counting)
    },
  }
}

async function endOf(record: ImportRecord, imports: ImportRepository): Promise<ImportEnd> {
  // No denial counts for what is finished.
  const { success } = await reportToLooker(record, imports, Number.POSITIVE_INFINITY)
  if (!success) return 'failed'
  return record.counts.rejected > 0 ? 'rejected_rows' : 'success'
}
