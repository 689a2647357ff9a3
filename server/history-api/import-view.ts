import type { ImportView } from '../../shared/api/import-view.ts'
import { pendingRows } from '../../shared/report/import-counts.ts'
import { describeDenial } from '../../shared/report/import-message.ts'
import { readRemarks } from '../../shared/report/remark.ts'
import type { ImportRecord } from '../database/repositories/import-record.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import { denialOf, reportToLooker } from '../imports/report-import.ts'

/** An import as the extension shows it: counts and reasons, no join keys and no values. */
export async function toImportView(
  record: ImportRecord,
  imports: ImportRepository,
  deniedMs: number,
): Promise<ImportView> {
  const { counts, settings } = record
  const { success, message } = await reportToLooker(record, imports, deniedMs)
  const pending = pendingRows(counts)
  const denial = denialOf(record, deniedMs)
  return {
    id: record.id,
    planId: record.planId,
    title: record.title,
    environmentId: settings.environmentId,
    propertyType: settings.propertyType,
    dryRun: settings.dryRun,
    state: record.state,
    counts,
    pending,
    rejections: counts.rejected > 0 ? await imports.rejections(record.id) : [],
    remarks: readRemarks(record.warnings),
    denial: denial !== null && pending > 0 ? describeDenial(denial) : null,
    success,
    message,
    startedAt: record.startedAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
  }
}
