import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findOwnImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'

/** `POST /imports/:id/release`: its rows are sent, without those that a later delivery has brought. */
export const releaseImportRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/release',
    config: { operation: 'releaseImport' },
    schema: {
      operationId: 'releaseImport',
      summary: 'Sends the rows of an import that a guardrail holds.',
      params: ImportParamsSchema,
      querystring: ImportQuerySchema,
      response: { 202: Type.Object({}), ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const { record } = await findOwnImport(app, request)
      const answer = await app.imports.release(record.id)
      if (answer.kind === 'not_now') throw new ProblemError('cannot_release', answer.why)
      if (answer.kind === 'not_held') throw new ProblemError('not_held', NOT_HELD)
      return reply.code(202).send({})
    },
  })
}

export const NOT_HELD =
  'The import does not wait for anybody to decide: nothing unusual was found, or somebody has decided, or it has ended.'
