import { pipeline, Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RejectedRowQuerySchema } from '../../../shared/api/rejected-rows.ts'
import type { RejectionReason } from '../../../shared/report/import-counts.ts'
import type { RejectedRow } from '../../database/repositories/rejected-rows.ts'
import type { RejectedRowPages } from '../../database/repositories/rejections/rejected-row-pages.ts'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { readReason } from './read-reason.ts'
import { rejectedRowsCsv, withMeaning } from './rejected-rows-csv.ts'

/** Rows that are read from the database at once. */
const PAGE = 1_000

/** `GET /imports/:id/rejected-rows.csv`: all of them, read from the database as fast as the caller takes them. */
export const exportRejectedRowsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/rejected-rows.csv',
    config: { operation: 'exportRejectedRows' },
    schema: {
      operationId: 'exportRejectedRows',
      summary: 'The rows of an import that did not arrive, as CSV.',
      params: ImportParamsSchema,
      querystring: Type.Object({
        ...ImportQuerySchema.properties,
        reason: RejectedRowQuerySchema.properties.reason,
      }),
      response: {
        200: {
          description: 'Text.',
          content: { 'text/csv': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
        },
        ...PROBLEM_ANSWERS,
      },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const reason = readReason(request.query.reason)
      const { record, showsKeys } = await findImport(app, request)
      const rows = Readable.from(allRows(app.repositories.rejectedRows, record.id, reason))
      const csv = rejectedRowsCsv({ showsKeys })
      pipeline(rows, csv, (error) => {
        // A caller that goes away is no fault.
        if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
          request.log.error({ err: error, importId: record.id }, 'export broke off')
      })
      // The name holds nothing that anybody else has chosen.
      return reply
        .header('content-disposition', `attachment; filename="rejected-rows-of-import-${record.id}.csv"`)
        .header('cache-control', 'no-store')
        .type('text/csv; charset=utf-8')
        .send(csv)
    },
  })
}

async function* allRows(
  pages: RejectedRowPages,
  importId: number,
  reason: RejectionReason | undefined,
): AsyncGenerator<RejectedRow> {
  for (let after = 0; ; ) {
    const rows = await pages.page({ importId, reason, after, most: PAGE })
    yield* rows.map(withMeaning)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.rowNumber
  }
}
