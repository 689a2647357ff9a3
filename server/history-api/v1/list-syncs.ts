import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { MAX_SYNCS, SyncListSchema } from '../../../shared/api/sync-health.ts'
import { readSyncRef } from '../../../shared/api/sync-ref.ts'
import { requireAccess } from './access.ts'
import { callerOf, HostQuerySchema } from './call.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'
import { toSyncHealth } from './to-sync-health.ts'

const QuerySchema = Type.Object({
  ...HostQuerySchema.properties,
  ids: Type.String({
    minLength: 1,
    maxLength: MAX_SYNCS * 110,
    description: `References of syncs, separated by commas, at most ${MAX_SYNCS}; commas in them encoded once more.`,
  }),
})

/** `GET /syncs?ids=...`: how the syncs are that the caller knows. Those he does not know are left out. */
export const listSyncsRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { syncs } = app.repositories
  app.route({
    method: 'GET',
    url: '/syncs',
    config: { operation: 'listSyncs' },
    schema: {
      operationId: 'listSyncs',
      summary: 'How syncs are, in the order asked for.',
      querystring: QuerySchema,
      response: { 200: SyncListSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      const refs = readRefs(request.query.ids)
      const records = await syncs.find(
        callerOf(request),
        refs.map(({ ref }) => ref),
      )
      const found = records.flatMap((record, index) => {
        const text = refs[index]?.text
        return record && text !== undefined ? [{ text, record }] : []
      })
      const ids = [...new Set(found.map(({ record }) => record.id))]
      const recent = await syncs.recentImports(ids)
      const wholeRows = await syncs.wholeRows(ids, recent)
      const importsOf = Map.groupBy(recent, ({ sync }) => sync)
      const now = new Date()
      return {
        syncs: found.map(({ text, record }) =>
          toSyncHealth(
            text,
            record,
            { imports: importsOf.get(record.id) ?? [], wholeRows: wholeRows.get(record.id) ?? [] },
            now,
          ),
        ),
      }
    },
  })
}

/** What is no reference names no sync. @throws ProblemError for too many */
function readRefs(ids: string) {
  const texts = [...new Set(ids.split(',').filter((text) => text !== ''))]
  if (texts.length > MAX_SYNCS) {
    throw new ProblemError('bad_request', `Ask for ${MAX_SYNCS} syncs at most; these are ${texts.length}.`)
  }
  return texts.flatMap((text) => {
    const ref = readSyncRef(text)
    return ref === null ? [] : [{ text, ref }]
  })
}
