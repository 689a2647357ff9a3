import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorBody, LookerApiError } from './api-error.ts'
import { DOCUMENTED_STATUSES } from './documented-statuses.ts'
import type { LookerInstance } from './instance.ts'
import type { Operation } from './operation.ts'
import { TextResult } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { signedInUser, tokenUser } from './request-user.ts'
import { addSessionRoutes } from './session-routes.ts'
import type { LookerUser } from './users.ts'

type HttpRequest = {
  Params: Record<string, string>
  Querystring: Record<string, string | undefined>
}

type FindUser = (request: FastifyRequest) => LookerUser

/** The API for others, and the same for Looker's own pages, which the user's session opens. */
const PREFIXES = { public: '/api/4.0', internal: '/api/internal/core/4.0' } as const

export function addApiRoutes(app: FastifyInstance, instance: LookerInstance): void {
  app.register(async (sessions) => addSessionRoutes(sessions, instance, PREFIXES.public))
  app.register(async (api) => addOperations(api, instance, (request) => tokenUser(instance, request)), {
    prefix: PREFIXES.public,
  })
  app.register(async (api) => addOperations(api, instance, (request) => signedInUser(instance, request)), {
    prefix: PREFIXES.internal,
  })
}

function addOperations(api: FastifyInstance, instance: LookerInstance, findUser: FindUser): void {
  api.removeAllContentTypeParsers()
  api.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
    done(null, parse(String(body))),
  )
  for (const operation of OPERATIONS) {
    api.route<HttpRequest>({
      method: operation.verb,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const { params: path, query, body } = request
        const user = findUser(request)
        return send(reply, await operation.handle({ instance, user, path, query, body }))
      },
      errorHandler: (error, _request, reply) => sendError(reply, error, operation),
    })
  }
  api.setNotFoundHandler((request, reply) =>
    reply.code(404).send(errorBody(new LookerApiError(404, 'Not found'), request.method.toLowerCase())),
  )
}

function send(reply: FastifyReply, value: unknown): FastifyReply {
  if (value === undefined) return reply.code(204).send()
  if (value instanceof TextResult) return reply.type(value.type).send(value.text)
  return reply.type('application/json').send(JSON.stringify(value))
}

function sendError(reply: FastifyReply, error: Error, { name, verb, path }: Operation): FastifyReply {
  const known = knownError(error, name)
  const link = `${verb.toLowerCase()}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
  return reply.code(known.status).type('application/json').send(errorBody(known, link))
}

/** An error that is not Looker's own, or is not documented, is a fault of the stand-in and says so. */
function knownError(error: Error, operation: string): LookerApiError {
  if (!(error instanceof LookerApiError)) {
    return new LookerApiError(500, `The Looker stand-in failed: ${error.message}`)
  }
  const documented = DOCUMENTED_STATUSES[operation] ?? []
  if (error.status === 401 || documented.includes(error.status)) return error
  return new LookerApiError(
    500,
    `The Looker stand-in answers ${error.status}, which ${operation} does not document: ${error.message}`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
