import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { pendingRows, RETRIABLE_REASONS } from '../../shared/report/import-counts.ts'
import { describeDenial } from '../../shared/report/import-message.ts'
import { readRemarks } from '../../shared/report/remark.ts'
import type { HistoryRepository } from '../database/repositories/history-repository.ts'
import type { ImportRecord } from '../database/repositories/import-record.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import { denialOf, reportToLooker } from '../imports/report-import.ts'
import { secondsLeft, stageOf, stageTimes } from './stages.ts'
import { toImportSummary } from './to-import-summary.ts'

/** Reasons whose rows can be sent again. */
const RETRIED = new Set<string>(RETRIABLE_REASONS)

/** What an import is looked up in. */
type DetailSources = {
  repositories: { history: HistoryRepository; imports: ImportRepository }
  imports: {
    /** Why an import cannot be retried, and what to do instead; null: it can. */
    whyNoRetry: (importId: number) => Promise<string | null>
    /** After so long of denials by Heap an import counts as failed for now, in milliseconds. */
    deniedMs: number
  }
}

/**
 * All that is known of an import, without join keys and values.
 *
 * @param sync the reference by which it was asked for
 */
export async function toImportDetail(
  record: ImportRecord,
  sync: string,
  { repositories, imports }: DetailSources,
): Promise<ImportDetail> {
  const { counts, settings, state } = record
  const facts = await repositories.history.facts(record.id)
  if (!facts) throw new Error(`the import ${record.id} has just been deleted`)
  const rejections = counts.rejected > 0 ? await repositories.imports.rejections(record.id) : []
  const { success, message } = await reportToLooker(record, repositories.imports, imports.deniedMs)
  const denial = pendingRows(counts) > 0 ? denialOf(record, imports.deniedMs) : null
  const isRepairable = rejections.some(({ reason }) => RETRIED.has(reason))
  const noRetryBecause = isRepairable ? await imports.whyNoRetry(record.id) : ''
  const isHeld = facts.heldBecause !== null && state !== 'finished'
  const summary = toImportSummary({
    ...record,
    ended: facts.ended,
    hasFailure: record.failure !== null,
    isHeld,
    dryRun: settings.dryRun,
    testRows: settings.testRows ?? null,
    retryOf: facts.retryOf,
  })
  return {
    ...summary,
    // Told as a failure to Looker after a while, though the rows may still arrive.
    success: denial?.isLong ? success : summary.success,
    sync,
    title: record.title,
    environmentId: settings.environmentId,
    propertyType: settings.propertyType,
    matchBy: settings.matchBy,
    stage: stageOf(record, facts),
    stages: stageTimes(record, facts),
    secondsLeft: secondsLeft(record, facts),
    rejections,
    remarks: readRemarks(record.warnings),
    properties: facts.properties,
    answer: facts.answer && { ...facts.answer, at: new Date(facts.answer.at).toISOString() },
    message,
    heap: {
      retries: facts.retries,
      lastError: record.lastError ?? facts.lastHeapError,
      nextTryAt: facts.nextTryAt?.toISOString() ?? null,
      denial: denial && describeDenial(denial),
    },
    retryOf: facts.retryOf,
    retriedAs: facts.retriedAs,
    canRetry: noRetryBecause === null,
    ...(isRepairable && noRetryBecause !== null ? { noRetryBecause } : {}),
    canCancel: state !== 'finished',
    canRelease: isHeld,
    heldBecause: facts.heldBecause,
    comparison: facts.comparison,
    test: null,
  }
}
