import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findOwnImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'

/** `POST /imports/:id/cancel`: nothing more of it is read or sent; what is at Heap at this moment is counted as it ends. */
export const cancelImportRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/cancel',
    config: { operation: 'cancelImport' },
    schema: {
      operationId: 'cancelImport',
      summary:
        'Ends an import: its waiting rows are rejected, and can be retried; of a held one they are discarded, and cannot.',
      params: ImportParamsSchema,
      querystring: ImportQuerySchema,
      response: { 202: Type.Object({}), ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const { record } = await findOwnImport(app, request)
      if (await app.imports.cancel(record.id)) return reply.code(202).send({})
      throw new ProblemError('already_finished', 'The import has ended. There is nothing left to cancel.')
    },
  })
}
