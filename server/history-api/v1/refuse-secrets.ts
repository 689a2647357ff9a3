import type { FastifyRequest } from 'fastify'
import { HOLDS_SECRET } from '../../connections/refusals.ts'
import { ProblemError } from './problem-error.ts'

/** For every call: nothing is kept, or answered, of a secret in its address or its body. @throws ProblemError */
export async function refuseSecrets({ server, url, body }: FastifyRequest): Promise<void> {
  if (server.holdsSecret([url, body])) throw new ProblemError('bad_request', HOLDS_SECRET)
}
