import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LookerInstance } from '../api/instance.ts'
import { OPERATIONS } from '../api/operations.ts'
import { signedInUser } from '../api/request-user.ts'
import type { Frame } from '../shell/layout.ts'
import { sendHtml } from '../shell/send-html.ts'
import { answerAttribute } from './attribute-request.ts'
import type { AttributeRequest, OutgoingRequest } from './extension-requests.ts'
import type { ExtensionSource } from './extension-source.ts'
import type { HostType } from './host-config.ts'
import { renderHostPage } from './host-page.ts'
import { hostScript } from './host-script.ts'
import { serverProxy } from './server-proxy.ts'

export type HostRoutesOptions = {
  instance: LookerInstance
  source: ExtensionSource
  /** URL of the frame's document, known when its server listens. */
  frameUrl: () => string
  shellFrame: (request: FastifyRequest) => Promise<Frame>
  lookerVersion: string
}

type ExtensionRequest<Body = unknown> = { Params: { id: string }; Body: Body }

const PAGES: Record<HostType, string> = {
  standard: '/extensions/:id',
  spartan: '/spartan/:id',
  embed: '/embed/extensions/:id',
}

/** The pages that host the extension, and what they ask of their server. */
export function addHostRoutes(app: FastifyInstance, options: HostRoutesOptions): void {
  const { instance, source, shellFrame } = options
  app.get('/assets/host.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(await hostScript()),
  )

  for (const hostType of ['standard', 'spartan', 'embed'] as const) {
    const show = async (request: FastifyRequest<ExtensionRequest>, reply: FastifyReply) => {
      const { extensionId, label, entitlements } = await source.manifest()
      if (request.params.id !== extensionId) return reply.code(404).send({ message: 'Not found' })
      const { lookerVersion, frameUrl } = options
      const operations = OPERATIONS.map(({ name, verb, path }) => ({ name, verb, path }))
      const config = {
        extensionId,
        label,
        entitlements,
        frameUrl: frameUrl(),
        hostType,
        lookerVersion,
        operations,
      }
      return sendHtml(reply, renderHostPage(await shellFrame(request), config))
    }
    app.get<ExtensionRequest>(PAGES[hostType], show)
    app.get<ExtensionRequest>(`${PAGES[hostType]}/*`, show)
  }

  app.post<ExtensionRequest<AttributeRequest>>(
    '/api/internal/extensions/:id/user_attribute',
    (request, reply) =>
      answer(reply, async () =>
        answerAttribute(instance, signedInUser(instance, request), await source.manifest(), request.body),
      ),
  )
  app.post<ExtensionRequest<OutgoingRequest>>('/api/internal/extensions/:id/server_proxy', (request, reply) =>
    answer(reply, async () =>
      serverProxy(instance, signedInUser(instance, request), await source.manifest(), request.body),
    ),
  )
  app.post<ExtensionRequest<{ type: 'save' | 'refresh'; contextData?: string }>>(
    '/api/internal/extensions/:id/context_data',
    ({ params: { id }, body }, reply) =>
      answer(reply, async () => {
        if (body.type === 'save') instance.contextData.set(id, body.contextData ?? '{}')
        return instance.contextData.get(id) ?? '{}'
      }),
  )
}

/** A text for the extension is no failure of the page's own call. */
async function answer(reply: FastifyReply, make: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    return reply.send({ value: await make() })
  } catch (error) {
    return reply.send({ error: error instanceof Error ? error.message : String(error) })
  }
}
