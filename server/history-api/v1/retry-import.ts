import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { RetriedSchema } from '../../../shared/api/rejected-rows.ts'
import { environmentFault } from '../../connections/writable-environments.ts'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findOwnImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'

/** `POST /imports/:id/retry`: what Heap refused, what ran out of time and what was cancelled, once more. */
export const retryImportRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/retry',
    config: { operation: 'retryImport' },
    schema: {
      operationId: 'retryImport',
      summary: 'Sends again what Heap did not take, as an import of its own.',
      params: ImportParamsSchema,
      querystring: ImportQuerySchema,
      response: { 202: RetriedSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const { record } = await findOwnImport(app, request)
      const writable = app.writableEnvironments(request.connection)
      const fault = environmentFault(writable, record.settings.environmentId)
      if (fault !== null) throw new ProblemError('nothing_to_retry', fault)
      const answer = await app.imports.retry(record.id)
      if (answer.kind === 'nothing') throw new ProblemError('nothing_to_retry', answer.why)
      return reply.code(202).send({ import: answer.importId })
    },
  })
}
