import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isRecord } from '../../shared/is-record.ts'
import type { FormParams } from '../../shared/settings/sync-settings.ts'
import { formFields } from '../../shared/settings/sync-settings.ts'
import { LookerError } from '../looker/looker-error.ts'
import { requireToken } from './authenticate.ts'
import { withEnvironments } from './environment-field.ts'
import { readRequest } from './request-body.ts'

/** `POST /actions/heap/form`: the fields of the Send and Schedule dialogs. Looker's connection test as well. */
export async function formRoute(app: FastifyInstance): Promise<void> {
  app.route({
    method: 'POST',
    url: '/actions/heap/form',
    config: { operation: 'form' },
    onRequest: requireToken,
    handler: async (request, reply) => {
      const params = await readFormParams(request)
      if (params instanceof LookerError)
        return reply
          .code(params.kind === 'too-large' ? 413 : 400)
          .send({ success: false, error: params.message })
      if (!(await app.isDatabaseReady())) {
        return {
          fields: [],
          error:
            'The Heap action server cannot reach its database, so nothing can be imported now. Try again in a few minutes, or tell the person who runs the server.',
        }
      }
      const writable = app.writableEnvironments(request.connection)
      return { fields: withEnvironments(formFields(params), writable, params.env_id) }
    },
  })
}

async function readFormParams(request: FastifyRequest): Promise<FormParams | LookerError> {
  const { limits } = request.server
  try {
    const { body, dispose } = await readRequest(request, limits.bodyBytes, limits)
    await dispose()
    return isRecord(body.form_params) ? body.form_params : {}
  } catch (error) {
    if (error instanceof LookerError) return error
    throw error
  }
}
