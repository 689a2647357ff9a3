import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { SyncAlertsChange } from '../../../../shared/api/sync-alerts.ts'
import { SyncAlertsChangeSchema, shownSecretUrl } from '../../../../shared/api/sync-alerts.ts'
import { SyncRefSchema } from '../../../../shared/api/sync-ref.ts'
import { isAlertSecret, SECRET_FORM } from '../../../alerts/alert-secret.ts'
import type { AlertSettings } from '../../../alerts/alert-settings.ts'
import { requireAccess } from '../access.ts'
import { callerOf, HostQuerySchema } from '../call.ts'
import { PROBLEM_ANSWERS } from '../problem-answers.ts'
import { ProblemError } from '../problem-error.ts'
import { tooManyWaiting } from '../too-many-waiting.ts'
import { ownSyncId } from './own-sync-id.ts'
import { createTestPause } from './test-pause.ts'

/** What is wrong with an address; null: nothing. */
type CheckAddress = (url: string) => Promise<string | null>

/** `PUT /syncs/:ref/alerts`: who is told of changes of state of a sync; also of one that has not delivered yet. */
export const setAlertsRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { syncAlerts } = app.repositories
  const pause = createTestPause()

  /** Of an address that is refused too little is told, and not too often, to find out names of the network by it. */
  function checkFor(connectionId: number): CheckAddress {
    return async (url) => {
      if (pause.isFull(connectionId)) {
        throw new ProblemError('too_many_requests', 'Too many addresses were refused. Wait a minute.')
      }
      const fault = await app.alerts.faultOf(url)
      if (fault !== null) pause.count(connectionId)
      return fault
    }
  }

  app.route({
    method: 'PUT',
    url: '/syncs/:ref/alerts',
    config: { operation: 'setAlerts' },
    schema: {
      operationId: 'setAlerts',
      summary: 'Sets who is told of changes of state of a sync.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: HostQuerySchema,
      body: SyncAlertsChangeSchema,
      response: { 204: Type.Null({ description: 'It is kept.' }), ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request, reply) => {
      const syncId = ownSyncId(request.params.ref)
      const caller = callerOf(request)
      const before = await syncAlerts.find(caller, syncId)
      const check = checkFor(caller.connectionId)
      const after = {
        webhook: await readWebhook(request.body.webhook, before, check),
        slackUrl: await readSlackUrl(request.body.slackUrl, before, check),
      }
      if (!(await syncAlerts.save(caller, syncId, after))) throw tooManyWaiting()
      return reply.code(204).send(null)
    },
  })
}

/** A secret goes with its address: who names another receiver names its secret as well. @throws ProblemError */
async function readWebhook(
  change: SyncAlertsChange['webhook'],
  { webhook: before }: AlertSettings,
  faultOf: CheckAddress,
): Promise<AlertSettings['webhook']> {
  if (change === null) return null
  const url = change.url.trim()
  const fault = await faultOf(url)
  if (fault !== null) throw new ProblemError('bad_request', `The address of the webhook ${fault}.`)
  const secret = change.secret?.trim() || (before?.url === url ? before.secret : '')
  if (secret === '') {
    throw new ProblemError(
      'bad_request',
      'The webhook needs a secret, by which its receiver knows that we sent a message.',
    )
  }
  if (!isAlertSecret(secret)) {
    throw new ProblemError('bad_request', `The secret of the webhook must be ${SECRET_FORM}`)
  }
  return { url, secret }
}

/** @throws ProblemError */
async function readSlackUrl(
  change: string | null,
  { slackUrl: before }: AlertSettings,
  faultOf: CheckAddress,
): Promise<string | null> {
  const url = change?.trim() ?? ''
  if (url === '') return null
  if (before !== null && url === shownSecretUrl(before)) return before
  const fault = await faultOf(url)
  if (fault !== null) throw new ProblemError('bad_request', `The address of Slack ${fault}.`)
  return url
}
