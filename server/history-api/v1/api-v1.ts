import type { FastifyInstance } from 'fastify'
import { answerProblems } from './answer-problems.ts'
import { openapiPlugin } from './openapi.ts'

/** `/api/v1`: what the extension and the command line read of syncs and their imports, and do to them. */
export async function apiV1(app: FastifyInstance): Promise<void> {
  answerProblems(app)
  await app.register(openapiPlugin)
}
