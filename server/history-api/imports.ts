import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ApiErrorSchema } from '../../shared/api/api-error.ts'
import { ImportListSchema, ImportViewSchema } from '../../shared/api/import-view.ts'
import { requireAccessToken } from './authenticate.ts'
import { toImportView } from './import-view.ts'

const NEWEST = 20

const Id = Type.String({ minLength: 1, maxLength: 100 })

/**
 * `GET /api/imports?syncId=&planId=` and `GET /api/imports/:id`: what became of deliveries of this connection.
 * One of the two is enough; both find what a plan delivered before its sync was given an id as well.
 */
export const importsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { imports } = app.repositories

  app.route({
    method: 'GET',
    url: '/imports',
    config: { operation: 'listImports' },
    schema: {
      querystring: Type.Object({ syncId: Type.Optional(Id), planId: Type.Optional(Id) }),
      response: { 200: ImportListSchema, '4xx': ApiErrorSchema },
    },
    onRequest: requireAccessToken,
    handler: async ({ query, connection }, reply) => {
      if (query.syncId === undefined && query.planId === undefined)
        return reply.code(400).send({
          success: false,
          error: 'Say whose imports are meant: give syncId, planId or both.',
        })
      const records = await imports.findBySync(connection?.id ?? 0, query, NEWEST)
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
      return reply.code(404).send({
        success: false,
        error: `There is no such import. Imports are kept for ${app.config.retentionDays} days.`,
      })
    },
  })
}
