import { demandOauthUrl, demandUrl } from '../entitlements.ts'
import type { OutgoingRequest } from '../extension-requests.ts'
import { proxyAnswer } from '../proxies/proxy-answer.ts'
import { callHostServer } from './call-host-server.ts'
import type { HostContext } from './host-context.ts'

type OauthRequest = { authEndpoint: string }

export type ExternalPayload =
  | { type: 'fetch' | 'server-proxy'; payload: OutgoingRequest }
  | { type: 'oauth2_authenticate' | 'oauth2_exchange_code'; payload: OauthRequest }

/** Requests to other servers: from this page, with CORS, or from Looker's server, with secrets. */
export async function answerExternal(context: HostContext, request: ExternalPayload): Promise<unknown> {
  const { config, entitlements } = context
  if ('resource' in request.payload) refuseOwnApi(request.payload.resource)
  switch (request.type) {
    case 'fetch':
      demandUrl(entitlements, request.payload.resource)
      return fetchProxy(request.payload)
    case 'server-proxy':
      return callHostServer(config.extensionId, 'server_proxy', request.payload)
    default:
      demandOauthUrl(entitlements, request.payload.authEndpoint)
      throw new Error('The Looker stand-in does not do OAuth for extensions')
  }
}

/** Looker's own API is for the SDK's calls: a proxy to it "will be rejected" (documented; the text is ours). */
function refuseOwnApi(resource: string): void {
  if (new URL(resource, location.href).origin !== location.origin) return
  throw new Error(`Extension not entitled to access external API url ${resource}`)
}

async function fetchProxy({ resource, init = {}, responseBodyType }: OutgoingRequest) {
  const { method = 'GET', headers = {}, body, credentials } = init
  const response = await fetch(resource, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(credentials === undefined ? {} : { credentials: credentials as RequestCredentials }),
  })
  return proxyAnswer(response, responseBodyType)
}
