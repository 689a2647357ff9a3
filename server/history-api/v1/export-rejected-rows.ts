import { pipeline, Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RejectedRowQuerySchema } from '../../../shared/api/rejected-rows.ts'
import { allRejectedRows } from '../../history/all-rejected-rows.ts'
import { rejectedRowsCsv } from '../../history/rejected-rows-csv.ts'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { readReason } from './read-reason.ts'

/** `GET /imports/:id/rejected-rows.csv`: all of them, read from the database as fast as the caller takes them. */
export const exportRejectedRowsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/rejected-rows.csv',
    // Its rows would be read for nobody.
    exposeHeadRoute: false,
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
      const rows = Readable.from(allRejectedRows(app.repositories.rejectedRows, record.id, reason))
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
