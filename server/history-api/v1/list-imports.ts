import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ImportPageQuerySchema, ImportPageSchema } from '../../../shared/api/sync-imports.ts'
import { SyncRefSchema } from '../../../shared/api/sync-ref.ts'
import { toImportSummary } from '../../history/to-import-summary.ts'
import { requireAccess } from './access.ts'
import { callerOf, HostQuerySchema, PlanSchema } from './call.ts'
import { namedSync } from './find-import.ts'
import { readCursor, writeCursor } from './import-cursor.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'
import { ProblemError } from './problem-error.ts'

const PAGE = 20

/** `GET /syncs/:ref/imports`: the imports of a sync, newest first, page by page. */
export const listImportsRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { history } = app.repositories
  app.route({
    method: 'GET',
    url: '/syncs/:ref/imports',
    config: { operation: 'listImportsOfSync' },
    schema: {
      operationId: 'listImports',
      summary: 'The imports of a sync, newest first.',
      params: Type.Object({ ref: SyncRefSchema }),
      querystring: Type.Object({
        ...HostQuerySchema.properties,
        ...ImportPageQuerySchema.properties,
        plan: Type.Optional(PlanSchema),
      }),
      response: { 200: ImportPageSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async (request) => {
      const { cursor, limit = PAGE, state, from, to, plan } = request.query
      const named = namedSync(request.params.ref, plan)
      const caller = callerOf(request)
      if (named === null || !(await history.knows(caller, named))) throw unknownSync()
      // One more tells whether there is another page.
      const records = await history.page(caller, named, {
        after: cursor === undefined ? null : readCursor(cursor),
        limit: limit + 1,
        filter: state ?? null,
        from: from === undefined ? null : new Date(from),
        to: to === undefined ? null : new Date(to),
      })
      const imports = records.slice(0, limit)
      const last = imports.at(-1)
      return {
        imports: imports.map(toImportSummary),
        nextCursor:
          records.length > limit && last ? writeCursor({ startedAt: last.place, id: last.id }) : null,
      }
    },
  })
}

function unknownSync(): ProblemError {
  return new ProblemError(
    'unknown_sync',
    'No delivery of this connection bears this reference, or it came from another Looker than host names.',
  )
}
