import type { Verdict } from '../../shared/import-message.ts'
import { reportImport } from '../../shared/import-message.ts'
import { readRemarks } from '../../shared/remark.ts'
import type { ImportRecord, ImportRepository } from '../database/import-repository.ts'

/** What Looker is told of an import, finished or not. */
export async function reportToLooker(record: ImportRecord, imports: ImportRepository): Promise<Verdict> {
  const { settings, counts, failure, warnings } = record
  return reportImport({
    environmentId: settings.environmentId,
    dryRun: settings.dryRun,
    counts,
    rejections: counts.rejected > 0 ? await imports.rejections(record.id) : [],
    failure,
    maxRejectedPercent: settings.maxRejectedPercent,
    remarks: readRemarks(warnings),
  })
}
