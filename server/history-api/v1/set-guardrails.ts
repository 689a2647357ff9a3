import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { SyncGuardrailsSchema } from '../../../shared/api/sync-guardrails.ts'
import { readSyncRef, SyncRefSchema } from '../../../shared/api/sync-ref.ts'
import { requireAccess } from './access.ts'
import { callerOf, HostQuerySchema } from './call.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'
import { tooManyWaiting } from './too-many-waiting.ts'

/** `PUT /syncs/:ref/guardrails`: whether unusual deliveries wait; also of a sync that has not delivered yet. */
export const setGuardrailsRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { held } = app.repositories
  app.route({
    method: 'PUT',
    url: '/syncs/:ref/guardrails',
    config: { operation: 'setGuardrails' },
    schema: {
      operationId: 'setGuardrails',
      summary:
        'Says whether an unusual delivery waits until somebody releases it; holds from the next one on.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: HostQuerySchema,
      body: SyncGuardrailsSchema,
      response: { 204: Type.Null({ description: 'It is kept.' }), ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const ref = readSyncRef(request.params.ref)
      if (ref === null)
        throw new ProblemError('unknown_sync', 'A sync is named by its sync_id, or as plan:<id>.')
      if (ref.kind !== 'sync_id') {
        throw new ProblemError(
          'needs_sync_id',
          'Guardrails are set by who knows the sync_id of a sync. Edit the sync in the extension and save it once: that gives it one.',
        )
      }
      const isKept = await held.setHold(callerOf(request), ref.syncId, request.body.hold)
      if (!isKept) throw tooManyWaiting()
      return reply.code(204).send(null)
    },
  })
}
