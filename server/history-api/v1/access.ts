import type { FastifyRequest } from 'fastify'
import { takeAccessToken } from '../authenticate.ts'
import { ProblemError } from './problem-error.ts'

/** For every call: the short-lived access token of the exchange. @throws ProblemError */
export async function requireAccess(request: FastifyRequest): Promise<void> {
  if (await takeAccessToken(request)) return
  throw new ProblemError('access_token_expired', 'Get a new access token from POST /api/token.')
}
