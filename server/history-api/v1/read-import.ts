import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ImportDetailSchema } from '../../../shared/api/import-detail.ts'
import { toImportDetail } from '../../history/to-import-detail.ts'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'

/** `GET /imports/:id`: all that is known of one import but its rows. */
export const readImportRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/imports/:id',
    config: { operation: 'readImportV1' },
    schema: {
      operationId: 'readImport',
      summary: 'One import as it stands.',
      params: ImportParamsSchema,
      querystring: ImportQuerySchema,
      response: { 200: ImportDetailSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      const { record, showsKeys } = await findImport(app, request)
      const detail = await toImportDetail(record, request.query.sync, app)
      const test = showsKeys ? await app.repositories.tests.find(record.id) : null
      return showsKeys ? { ...detail, test } : { ...detail, canRetry: false, canCancel: false }
    },
  })
}
