import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { MatchRequestSchema, MatchSchema } from '../../../../shared/api/known-keys.ts'
import type { KnownSet } from '../../../database/repositories/known-repository.ts'
import { matchKeys } from '../../../imports/known/match-keys.ts'
import { requireAccess } from '../access.ts'
import { ImportParamsSchema, ImportQuerySchema } from '../call.ts'
import { findImport } from '../find-import.ts'
import { PROBLEM_ANSWERS } from '../problem-answers.ts'
import { ProblemError } from '../problem-error.ts'

/** `POST /imports/:id/match`: how many join keys of an import another import has. */
export const matchImportsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/match',
    config: { operation: 'matchImports' },
    schema: {
      operationId: 'matchImports',
      summary: 'Compares the join keys of two imports, dry runs as well.',
      params: ImportParamsSchema,
      querystring: ImportQuerySchema,
      body: MatchRequestSchema,
      response: { 200: MatchSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async ({ connection, params, query, body }) => {
      const { against, keys } = body
      const own = await findKnown(app, { connection, id: params.id, host: query.host, sync: query.sync })
      const other = await findKnown(app, {
        connection,
        id: against.import,
        host: query.host,
        sync: against.sync,
      })
      return matchKeys(app.repositories.known, own, other, keys)
    },
  })
}

type NamedImport = { connection: FastifyRequest['connection']; id: number; host: string; sync: string }

/** @throws ProblemError `unknown_import`, `keys_need_sync_id`, `keys_not_kept` */
async function findKnown(
  app: FastifyInstance,
  { connection, id, host, sync }: NamedImport,
): Promise<KnownSet> {
  const { showsKeys } = await findImport(app, { connection, params: { id }, query: { host, sync } })
  if (!showsKeys)
    throw new ProblemError(
      'keys_need_sync_id',
      `Name the sync of import ${id} by its sync_id to compare join keys.`,
    )
  const set = await app.repositories.known.find(id)
  if (set) return set
  throw new ProblemError(
    'keys_not_kept',
    `The join keys of import ${id} are not known: they are kept of the last whole delivery of a sync, and of its last checks for a day. Run the check once more.`,
  )
}
