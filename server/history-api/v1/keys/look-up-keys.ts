import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { FoundKeysSchema, KeyLookupSchema } from '../../../../shared/api/known-keys.ts'
import { readSyncRef, SyncRefSchema } from '../../../../shared/api/sync-ref.ts'
import { lookUpKeys } from '../../../imports/known/look-up-keys.ts'
import { requireAccess } from '../access.ts'
import { callerOf, HostQuerySchema } from '../call.ts'
import { PROBLEM_ANSWERS } from '../problem-answers.ts'
import { ProblemError } from '../problem-error.ts'

/** `POST /syncs/:ref/key-lookups`: was a join key sent? */
export const lookUpKeysRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { known } = app.repositories
  app.route({
    method: 'POST',
    url: '/syncs/:ref/key-lookups',
    config: { operation: 'lookUpKeys' },
    schema: {
      operationId: 'lookUpKeys',
      summary: 'What became of join keys in the last deliveries of a sync.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: HostQuerySchema,
      body: KeyLookupSchema,
      response: { 200: FoundKeysSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      const ref = readSyncRef(request.params.ref)
      if (ref?.kind !== 'sync_id')
        throw new ProblemError('keys_need_sync_id', 'Name the sync by its sync_id to look up join keys.')
      const syncs = await known.syncsOf(callerOf(request), ref.syncId)
      if (syncs.length === 0)
        throw new ProblemError('unknown_sync', 'There is no such sync: it has not delivered yet.')
      const delivery = (await known.newest(syncs)) ?? null
      return {
        import: delivery && { id: delivery.id, at: delivery.at.toISOString() },
        keys: await lookUpKeys(known, syncs, delivery, request.body.keys),
      }
    },
  })
}
