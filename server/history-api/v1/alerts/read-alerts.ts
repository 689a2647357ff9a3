import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { SyncAlertsSchema, shownSecretUrl } from '../../../../shared/api/sync-alerts.ts'
import { SyncRefSchema } from '../../../../shared/api/sync-ref.ts'
import { requireAccess } from '../access.ts'
import { callerOf, HostQuerySchema } from '../call.ts'
import { PROBLEM_ANSWERS } from '../problem-answers.ts'
import { ownSyncId } from './own-sync-id.ts'

/** `GET /syncs/:ref/alerts`: who is told of changes of state of a sync, also before it has delivered. */
export const readAlertsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/syncs/:ref/alerts',
    config: { operation: 'readAlerts' },
    schema: {
      operationId: 'readAlerts',
      summary: 'Who is told of changes of state of a sync; no secret is shown.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: HostQuerySchema,
      response: { 200: SyncAlertsSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      const syncId = ownSyncId(request.params.ref)
      const { webhook, slackUrl } = await app.repositories.syncAlerts.find(callerOf(request), syncId)
      return {
        webhookUrl: webhook?.url ?? null,
        hasSecret: webhook !== null,
        slackUrl: slackUrl === null ? null : shownSecretUrl(slackUrl),
        server: app.alerts.server,
      }
    },
  })
}
