import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import type { RejectionReason } from '../../../shared/report/import-counts.ts'
import { rejectionText } from '../../../shared/report/import-counts.ts'
import type { ImportPlace } from '../../database/repositories/operator/operator-repository.ts'
import { HEAP_TIMING } from '../../heap/pace/heap-timing.ts'
import { toImportDetail } from '../../history/to-import-detail.ts'
import { whyNot } from '../../imports/repair/why-not.ts'
import type { Command } from '../command.ts'
import { findImport } from '../find-import.ts'
import { jsonText } from '../output/printable.ts'
import { facts, table } from '../output/table.ts'
import { endOf } from './end-of.ts'
import { onlyImport } from './only-import.ts'

export const importCommand: Command = {
  name: 'import',
  usage: '<import>',
  summary: 'Shows one import: what became of its rows, why, and what can be done.',
  help: [
    '',
    'With --json it is what GET /api/v1/imports/:id answers, with the connection and the number of the sync.',
  ],
  options: {},
  prepare(input) {
    const importId = onlyImport(input)
    return async function* (admin) {
      const { repositories } = admin
      const record = await findImport(admin, importId)
      const detail = await toImportDetail(record, refOf(record), {
        repositories,
        imports: {
          deniedMs: HEAP_TIMING.deniedMs,
          whyNoRetry: async (id) =>
            whyNot(await repositories.retries.retriable(id), await repositories.keys.later(id)),
        },
      })
      const { connection, syncNumber } = record
      if (input.json) yield `${jsonText({ ...detail, connection, syncNumber })}\n`
      else yield* describe(detail, record)
    }
  },
}

/** As the extension and the API name its sync. */
function refOf({ syncId, planId, syncNumber }: ImportPlace): string {
  return syncId ?? (planId === null ? String(syncNumber ?? '-') : `plan:${planId}`)
}

function* describe(detail: ImportDetail, { connection, syncNumber }: ImportPlace): Generator<string> {
  const { counts, heap, rejections, remarks, properties } = detail
  yield facts([
    ['import', detail.id],
    ['state', endOf(detail)],
    ['title', detail.title],
    ['sync', `${syncNumber ?? '-'} (${detail.sync})`],
    ['connection', connection],
    ['environment', detail.environmentId],
    ['writes', `${detail.propertyType} properties, matched by ${detail.matchBy}`],
    ['stage', detail.stage],
    ['held because', detail.heldBecause],
    ['started', detail.startedAt],
    ['finished', detail.finishedAt],
    ['received', counts.received],
    ['delivered', counts.delivered],
    ['rejected', counts.rejected],
    ['skipped', counts.skipped],
    ['superseded', counts.superseded],
    ['unchanged', counts.unchanged],
    ['pending', detail.pending],
    ['retry of', detail.retryOf],
    ['retried as', detail.retriedAs.length > 0 ? detail.retriedAs.join(', ') : null],
    ['retries at Heap', heap.retries],
    ['Heap said last', heap.lastError],
    ['next try', heap.nextTryAt],
    ['Heap turns away', heap.denial],
    ['Looker was told', detail.answer?.message ?? null],
    ['now', detail.message],
    ['can be retried', detail.canRetry ? 'yes' : (detail.noRetryBecause ?? 'no')],
    ['can be cancelled', detail.canCancel ? 'yes' : 'no'],
  ])
  if (rejections.length > 0) {
    yield `\n${table(
      ['rejected', 'reason', 'meaning', 'first rows', 'Heap said'],
      rejections.map(({ reason, count, rows, text }) => [
        count,
        reason,
        rejectionText(reason as RejectionReason, count),
        rows.join(', '),
        text,
      ]),
    )}`
  }
  if (remarks.length > 0) {
    yield `\n${table(
      ['kind', 'code', 'text'],
      remarks.map(({ kind, code, text }) => [kind, code, text]),
    )}`
  }
  if (properties !== null && properties.length > 0) {
    yield `\n${table(
      ['property', 'values', 'texts', 'numbers'],
      properties.map(({ name, values, texts, numbers }) => [name, values, texts, numbers]),
    )}`
  }
}
