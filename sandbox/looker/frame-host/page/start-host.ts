import { Chatty } from '@looker/chatty'
import { NO_ENTITLEMENTS, sandboxFlags } from '../entitlements.ts'
import type { HostConfig } from '../host-config.ts'
import { BUNDLE_FAILED } from '../host-config.ts'
import { createAnswering } from './answer-request.ts'
import type { ApiRequest } from './api-request.ts'
import { callHostServer } from './call-host-server.ts'
import { answerContextData } from './context-data.ts'
import { dropAcks, readFaults } from './faults.ts'
import { createReloadLimit, RELOADS_ENDED } from './reload-limit.ts'
import { createRequestLog } from './request-log.ts'
import { trackRoutes } from './routes.ts'

type FrameConnection = { send: (eventName: string, ...payload: unknown[]) => void }

/** After so long a frame that says nothing has most likely no script. */
const SILENT_MILLISECONDS = 15_000

/**
 * Hosts an extension in a frame as Looker does. A host object connects once only, so a frame that reloads
 * gets a new one.
 */
export function startHost(config: HostConfig, place: HTMLElement): void {
  const { entitlements } = config
  const log = createRequestLog(document)
  if (!entitlements) {
    log.problem(`${NO_ENTITLEMENTS}. It does not run.`)
    return
  }
  const faults = readFaults(location.search)
  const routes = trackRoutes(config.hostType)
  const flags = sandboxFlags(entitlements)
  let connection: FrameConnection | undefined
  let leaving = false
  let silence = 0
  const limit = createReloadLimit()
  window.addEventListener('beforeunload', () => {
    leaving = true
  })
  routes.onReturn((payload) => {
    connection?.send('EXTENSION_NOTIFICATION', { type: 'ROUTE_CHANGED', payload })
  })
  window.addEventListener('message', ({ data, source }) => {
    const isFrame = source === place.querySelector('iframe')?.contentWindow
    if (isFrame && data === BUNDLE_FAILED) tellBundleProblem().catch(log.failed)
  })
  if (faults.dropAck) dropAcks()

  async function open(): Promise<void> {
    connection = undefined
    place.replaceChildren()
    const answer = createAnswering({
      config,
      entitlements: entitlements ?? never(),
      faults,
      routes,
      log,
      reopen,
    })
    const builder = Chatty.createHost(config.frameUrl)
    for (const flag of flags) builder.withSandboxAttribute(flag)
    const host = builder
      .appendTo(place)
      .on('EXTENSION_API_REQUEST', (request: ApiRequest) => answer(request))
      .build()
    host.iframe.title = config.label
    silence = window.setTimeout(() => {
      log.problem(`The frame ${config.frameUrl} does not say anything: its script does not use the SDK.`)
    }, SILENT_MILLISECONDS)
    const connected = await host.connect()
    clearTimeout(silence)
    log.noProblem()
    const payload = await initialisation()
    const [reply] = await connected.sendAndReceive('EXTENSION_NOTIFICATION', { type: 'INITIALIZE', payload })
    log.initialised(reply as { extensionSdkVersion?: string; errorMessage?: string } | undefined)
    connection = connected
  }

  /** The frame is about to be gone: with this page, or because it reloads itself. */
  function reopen(): void {
    if (leaving) return
    if (limit.mayReload(Date.now())) {
      setTimeout(() => open().catch(log.failed))
      return
    }
    connection = undefined
    place.replaceChildren()
    log.problem(RELOADS_ENDED)
  }

  /** The browser's own words are in its console only. */
  async function tellBundleProblem(): Promise<void> {
    clearTimeout(silence)
    log.problem(String(await callHostServer(config.extensionId, 'bundle_problem', {})))
  }

  async function initialisation() {
    return {
      extensionId: config.extensionId,
      lookerVersion: faults.lookerVersion ?? config.lookerVersion,
      hostOrigin: location.origin,
      hostUrl: location.origin,
      hostType: config.hostType,
      mountPoint: 'standalone',
      ...routes.current(),
      contextData: await answerContextData(config, { type: 'refresh' }),
      isRendering: false,
      extensionDashboardTileEnabled: true,
    }
  }

  open().catch(log.failed)
}

function never(): never {
  throw new Error(NO_ENTITLEMENTS)
}
