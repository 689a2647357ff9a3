import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LookerInstance } from '../api/instance.ts'
import { OPERATIONS } from '../api/operations.ts'
import { signedInUser } from '../api/request-user.ts'
import type { Frame } from '../shell/layout.ts'
import { sendHtml } from '../shell/send-html.ts'
import { accessOf } from './access.ts'
import { addExtensionRoutes } from './extension-routes.ts'
import type { ExtensionSource } from './extension-source.ts'
import { findExtension } from './extension-source.ts'
import type { HostType } from './host-config.ts'
import { renderClosedPage, renderHostPage } from './host-page.ts'
import { hostScript } from './host-script.ts'
import type { HostUnknowns } from './host-unknowns.ts'

type HostRoutesOptions = {
  instance: LookerInstance
  source: ExtensionSource
  /** Is the project in production? */
  isDeployed: () => boolean
  /** URL below which the frames' documents are, known when their server listens. */
  frameUrl: () => string
  shellFrame: (request: FastifyRequest) => Promise<Frame>
  lookerVersion: string
  unknowns: HostUnknowns
}

type PageRequest = FastifyRequest<{ Params: { id: string } }>

const PAGES: Record<HostType, string> = {
  standard: '/extensions/:id',
  spartan: '/spartan/:id',
  embed: '/embed/extensions/:id',
}

const DASHBOARD_ONLY =
  'The mount_points of this extension leave out standalone: it is for dashboards, which the Looker stand-in does not have.'

/** The pages that host the extensions, and what they ask of their server. */
export function addHostRoutes(app: FastifyInstance, options: HostRoutesOptions): void {
  app.get('/assets/host.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(await hostScript()),
  )
  for (const hostType of ['standard', 'spartan', 'embed'] as const) {
    const show = (request: PageRequest, reply: FastifyReply) => showPage(options, hostType, request, reply)
    app.get<{ Params: { id: string } }>(PAGES[hostType], show)
    app.get<{ Params: { id: string } }>(`${PAGES[hostType]}/*`, show)
  }
  addExtensionRoutes(app, options)
}

async function showPage(
  { instance, source, isDeployed, shellFrame, frameUrl, lookerVersion, unknowns }: HostRoutesOptions,
  hostType: HostType,
  request: PageRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const extension = isDeployed() ? await findExtension(source, request.params.id) : undefined
  if (!extension) return reply.code(404).send({ message: 'Not found' })
  const frame = await shellFrame(request)
  const { extensionId, label, entitlements, warnings } = extension
  const shown = { extensionId, label, hostType }
  const access = await accessOf(signedInUser(instance, request), source, unknowns)
  if (access.kind === 'refused') {
    return sendHtml(reply.code(403), renderClosedPage(frame, shown, access.reason))
  }
  if (!extension.isStandalone) {
    return sendHtml(reply.code(404), renderClosedPage(frame, shown, DASHBOARD_ONLY))
  }
  const operations = OPERATIONS.map(({ name, verb, path }) => ({ name, verb, path }))
  const config = {
    ...shown,
    entitlements,
    frameUrl: `${frameUrl()}/${encodeURIComponent(extensionId)}`,
    lookerVersion,
    operations,
    unknowns,
  }
  return sendHtml(reply, renderHostPage(frame, config, warnings))
}
