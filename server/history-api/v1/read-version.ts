import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { VersionSchema } from '../../../shared/api/version.ts'
import { VERSION } from '../../version/version.ts'
import { requireAccess } from './access.ts'
import { HostSchema } from './call.ts'
import { PROBLEM_ANSWERS } from './problem-answers.ts'

/** A version that has not called for so long is not in use any more. */
const REMEMBERED_MS = 24 * 60 * 60 * 1_000

/** Whoever calls with many made-up versions must not fill the memory. */
const MOST_VERSIONS = 20

const VersionQuerySchema = Type.Object({
  host: Type.Optional(HostSchema),
  /** The caller's own version. */
  extension: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z.+-]{1,40}$' })),
})

/** `GET /version`: extension and server tell each other which they are; a misfit is logged, and shown by both. */
export const readVersionRoute: FastifyPluginAsyncTypebox = async (app) => {
  const seen = new Map<string, number>()

  function remember(version: string): void {
    seen.delete(version)
    seen.set(version, Date.now())
    for (const [known, at] of seen) {
      if (seen.size > MOST_VERSIONS || Date.now() - at > REMEMBERED_MS) seen.delete(known)
    }
  }

  app.route({
    method: 'GET',
    url: '/version',
    config: { operation: 'readVersion' },
    schema: {
      operationId: 'readVersion',
      summary: 'The version of the server, and those of the extension that have called it.',
      querystring: VersionQuerySchema,
      response: { 200: VersionSchema, ...PROBLEM_ANSWERS },
    },
    onRequest: requireAccess,
    handler: async ({ query }) => {
      if (query.extension !== undefined) remember(query.extension)
      return { server: VERSION, extensions: [...seen.keys()] }
    },
  })
}
