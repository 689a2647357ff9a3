import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { requireAccess } from './access.ts'
import { ImportParamsSchema, ImportQuerySchema } from './call.ts'
import { findOwnImport } from './find-import.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'
import { NOT_HELD } from './release-import.ts'

/** `POST /imports/:id/discard`: none of its waiting rows is sent or kept; each is rejected by name. */
export const discardImportRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/discard',
    config: { operation: 'discardImport' },
    schema: {
      operationId: 'discardImport',
      summary: 'Rejects the rows of an import that a guardrail holds.',
      params: ImportParamsSchema,
      querystring: ImportQuerySchema,
      response: { 202: Type.Object({}), ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const { record } = await findOwnImport(app, request)
      if (await app.imports.discard(record.id)) return reply.code(202).send({})
      throw new ProblemError('not_held', NOT_HELD)
    },
  })
}
