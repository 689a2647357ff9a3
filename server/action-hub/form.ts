import type { FastifyInstance } from 'fastify'
import { isRecord } from '../../shared/is-record.ts'
import { formFields } from '../../shared/sync-settings.ts'
import { requireToken } from './authenticate.ts'
import { readBody } from './request-body.ts'

/** `POST /actions/heap/form`: the fields of the Send and Schedule dialogs. Looker's connection test as well. */
export async function formRoute(app: FastifyInstance): Promise<void> {
  app.route({
    method: 'POST',
    url: '/actions/heap/form',
    config: { operation: 'form' },
    onRequest: requireToken,
    handler: async (request) => {
      const { body } = await readBody(request)
      if (!(await app.isDatabaseReady())) {
        return {
          fields: [],
          error:
            'The Heap action server cannot reach its database, so nothing can be imported now. Try again in a few minutes, or tell the person who runs the server.',
        }
      }
      return { fields: formFields(isRecord(body.form_params) ? body.form_params : {}) }
    },
  })
}
