import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { AlertTestSchema } from '../../../../shared/api/sync-alerts.ts'
import { SyncRefSchema } from '../../../../shared/api/sync-ref.ts'
import { testMessage } from '../../../alerts/alert-message.ts'
import { requireAccess } from '../access.ts'
import { callerOf, HostQuerySchema } from '../call.ts'
import { PROBLEM_ANSWERS } from '../problem-answers.ts'
import { ProblemError } from '../problem-error.ts'
import { ownSyncId } from './own-sync-id.ts'
import { createTestPause } from './test-pause.ts'

/** `POST /syncs/:ref/alerts/test`: a message to each receiver of the sync, once, as they are kept. */
export const testAlertsRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { syncs, syncAlerts } = app.repositories
  const pause = createTestPause()
  app.route({
    method: 'POST',
    url: '/syncs/:ref/alerts/test',
    config: { operation: 'testAlerts' },
    schema: {
      operationId: 'testAlerts',
      summary: 'Sends a test message to each receiver of a sync, and tells what became of it.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: HostQuerySchema,
      response: { 200: AlertTestSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      const syncId = ownSyncId(request.params.ref)
      const caller = callerOf(request)
      const receivers = await syncAlerts.find(caller, syncId)
      if (receivers.webhook === null && receivers.slackUrl === null) {
        throw new ProblemError('bad_request', 'The sync has no receivers of its own. Save one, then test it.')
      }
      if (!pause.mayTest(caller.connectionId)) {
        throw new ProblemError('too_many_requests', 'Too many tests of alerts. Wait a minute.')
      }
      const [sync] = await syncs.find(caller, [{ kind: 'sync_id', syncId }])
      const tested = sync ? { number: sync.id, title: sync.title, environmentId: sync.environmentId } : null
      return { results: await app.alerts.test(testMessage(tested), receivers) }
    },
  })
}
