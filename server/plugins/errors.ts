import type { FastifyError } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { frameworkText } from './framework-texts.ts'

/** Renders all errors: 4xx say what to change, 5xx nothing but the id under which they are in the log. */
export const errorsPlugin = fastifyPlugin(
  async (app) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode !== undefined && error.statusCode >= 400 ? error.statusCode : 500
      if (status < 500) return reply.code(status).send({ success: false, error: frameworkText(error) })
      request.log.error({ err: error }, 'request failed')
      return reply.code(status).send({
        success: false,
        error: `Internal error ${request.id}. The server's log has the details under this id.`,
      })
    })
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ success: false, error: 'There is nothing at this address.' }),
    )
  },
  { name: 'errors' },
)
