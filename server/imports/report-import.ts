import type { Denial, Verdict } from '../../shared/report/import-message.ts'
import { reportImport } from '../../shared/report/import-message.ts'
import { readRemarks } from '../../shared/report/remark.ts'
import type { ImportRecord } from '../database/repositories/import-record.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import { statusVerdict } from '../heap/answers/status-verdicts.ts'

/**
 * What Looker is told of an import, finished or not.
 *
 * @param deniedMs after so long of denials by Heap the import counts as failed for now
 */
export async function reportToLooker(
  record: ImportRecord,
  imports: ImportRepository,
  deniedMs: number,
): Promise<Verdict> {
  const { settings, counts, failure, lastError, warnings } = record
  return reportImport({
    environmentId: settings.environmentId,
    dryRun: settings.dryRun,
    testRows: settings.testRows ?? null,
    counts,
    rejections: counts.rejected > 0 ? await imports.rejections(record.id) : [],
    failure,
    lastError,
    denial: denialOf(record, deniedMs),
    maxRejectedPercent: settings.maxRejectedPercent,
    remarks: readRemarks(warnings),
  })
}

/** Null unless Heap turns away what still waits. */
export function denialOf({ denial }: ImportRecord, deniedMs: number): Denial | null {
  return (
    denial && {
      answer: denial.text,
      since: new Date(denial.since),
      advice: statusVerdict(denial.status).told,
      isLong: denial.forMs >= deniedMs,
    }
  )
}
