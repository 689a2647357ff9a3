import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ApiErrorSchema, ImportListSchema, ImportViewSchema } from '../../shared/api.ts'
import { requireAccessToken } from './authenticate.ts'
import { toImportView } from './import-view.ts'

const NEWEST = 20

const Id = Type.String({ minLength: 1, maxLength: 100 })

/** `GET /api/imports?planId=`, `?syncId=` and `GET /api/imports/:id`: what became of deliveries of this connection. */
export const importsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { imports } = app.repositories

  app.route({
    method: 'GET',
    url: '/imports',
    config: { operation: 'listImports' },
    schema: {
      querystring: Type.Union([Type.Object({ syncId: Id }), Type.Object({ planId: Id })]),
      response: { 200: ImportListSchema, '4xx': ApiErrorSchema },
    },
    onRequest: requireAccessToken,
    handler: async (request) => {
      const { query } = request
      const connectionId = request.connection?.id ?? 0
      const records =
        'syncId' in query
          ? await imports.findBySync(connectionId, query.syncId, NEWEST)
          : await imports.findByPlan(connectionId, query.planId, NEWEST)
      return {
        imports: await Promise.all(
          records.map((record) => toImportView(record, imports, app.imports.deniedMs)),
        ),
      }
    },
  })

  app.route({
    method: 'GET',
    url: '/imports/:id',
    config: { operation: 'readImport' },
    schema: {
      params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) }),
      response: { 200: ImportViewSchema, '4xx': ApiErrorSchema },
    },
    onRequest: requireAccessToken,
    handler: async (request, reply) => {
      const record = await imports.find(request.params.id)
      if (record && record.connectionId === request.connection?.id)
        return toImportView(record, imports, app.imports.deniedMs)
      return reply
        .code(404)
        .send({ success: false, error: 'There is no such import. It may be older than 14 days.' })
    },
  })
}
