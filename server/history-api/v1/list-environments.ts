import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { EnvironmentListSchema } from '../../../shared/api/environments.ts'
import { requireAccess } from './access.ts'
import { callerOf, HostQuerySchema } from './call.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'

/** `GET /environments`: the environments of Heap that the caller's deliveries may write. */
export const listEnvironmentsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/environments',
    config: { operation: 'listEnvironments' },
    schema: {
      operationId: 'listEnvironments',
      summary: 'The environments of Heap that may be written; null: any.',
      querystring: HostQuerySchema,
      response: { 200: EnvironmentListSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      callerOf(request)
      const environments = app.writableEnvironments(request.connection)
      return { environments: environments && [...environments] }
    },
  })
}
