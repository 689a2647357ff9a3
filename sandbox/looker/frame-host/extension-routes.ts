import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LookerInstance } from '../api/instance.ts'
import { signedInUser } from '../api/request-user.ts'
import type { LookerUser } from '../api/users.ts'
import { accessOf } from './access.ts'
import { answerAttribute } from './attribute-request.ts'
import { answerContextData } from './context-data.ts'
import type { AttributeRequest, ContextDataRequest, OutgoingRequest } from './extension-requests.ts'
import type { ExtensionSource } from './extension-source.ts'
import { findExtension } from './extension-source.ts'
import { bundleProblem } from './frame/bundle-problem.ts'
import type { HostUnknowns } from './host-unknowns.ts'
import type { ExtensionManifest } from './manifest/read-application.ts'
import { serverProxy } from './proxies/server-proxy.ts'

type Options = { instance: LookerInstance; source: ExtensionSource; unknowns: HostUnknowns }

/** Context data may have about 16 MB (documented by Looker); it travels as a text inside of JSON. */
const BODY_LIMIT = 36 * 1024 * 1024

/** What the page around an extension asks of its server for it. */
export function addExtensionRoutes(app: FastifyInstance, { instance, source, unknowns }: Options): void {
  function add<Body>(
    what: string,
    make: (extension: ExtensionManifest, user: LookerUser, body: Body) => unknown,
  ): void {
    const url = `/api/internal/extensions/:id/${what}`
    app.post<{ Params: { id: string } }>(url, { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const extension = await findExtension(source, request.params.id)
      const user = signedInUser(instance, request)
      const access = await accessOf(user, source, unknowns)
      if (!extension || access.kind === 'refused') return reply.code(404).send({ error: 'Not found' })
      return answer(reply, async () => make(extension, user, request.body as Body))
    })
  }

  add<AttributeRequest>('user_attribute', (extension, user, body) =>
    answerAttribute(instance, user, extension, body, unknowns),
  )
  add<OutgoingRequest>('server_proxy', (extension, user, body) =>
    serverProxy(instance, user, extension, body, unknowns),
  )
  add<ContextDataRequest>('context_data', ({ extensionId }, _user, body) =>
    answerContextData(instance.contextData, extensionId, body, unknowns),
  )
  add('bundle_problem', (extension) => bundleProblem(source, extension))
}

/** A text for the extension is no failure of the page's own call. */
async function answer(reply: FastifyReply, make: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    return reply.send({ value: await make() })
  } catch (error) {
    return reply.send({ error: error instanceof Error ? error.message : String(error) })
  }
}
