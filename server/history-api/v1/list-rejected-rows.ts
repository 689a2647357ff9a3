import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RejectedRowPageSchema, RejectedRowQuerySchema } from '../../../shared/api/rejected-rows.ts'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'
import { readReason } from './read-reason.ts'

const PAGE = 100

/** `GET /imports/:id/rejected-rows`: the rows that did not arrive, page by page; keys for a known sync_id only. */
export const listRejectedRowsRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { rejectedRows } = app.repositories
  app.route({
    method: 'GET',
    url: '/imports/:id/rejected-rows',
    config: { operation: 'listRejectedRows' },
    schema: {
      operationId: 'listRejectedRows',
      summary: 'The rows of an import that did not arrive.',
      params: ImportParamsSchema,
      querystring: Type.Object({ ...ImportQuerySchema.properties, ...RejectedRowQuerySchema.properties }),
      response: { 200: RejectedRowPageSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const { reason, key, match = 'prefix', cursor, limit = PAGE } = request.query
      const { record, showsKeys } = await findImport(app, request)
      if (key !== undefined && !showsKeys) {
        throw new ProblemError(
          'keys_need_sync_id',
          'Join keys can be searched by those who name the sync by its sync_id. Leave out key.',
        )
      }
      // One more tells whether there is another page.
      const found = await rejectedRows.page({
        importId: record.id,
        reason: readReason(reason),
        key: key === undefined ? undefined : { text: key, match },
        after: cursor === undefined ? undefined : Math.min(Number(cursor), 2 ** 31 - 1),
        most: limit + 1,
      })
      const rows = found.slice(0, limit)
      reply.header('cache-control', 'no-store')
      return {
        rows: rows.map(({ rowNumber, joinKey, reason: why, text }) => ({
          row: rowNumber,
          key: showsKeys ? joinKey : null,
          reason: why,
          text,
        })),
        // No key: addresses are written into logs.
        nextCursor: found.length > limit ? String(rows.at(-1)?.rowNumber ?? 0) : null,
        keysShown: showsKeys,
      }
    },
  })
}
