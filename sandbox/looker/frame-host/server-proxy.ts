import type { LookerInstance } from '../api/instance.ts'
import type { LookerUser } from '../api/users.ts'
import { demandUrl, NO_ENTITLEMENTS } from './entitlements.ts'
import type { OutgoingRequest } from './extension-requests.ts'
import type { ProxyAnswer } from './proxy-answer.ts'
import { proxyAnswer } from './proxy-answer.ts'
import type { ExtensionManifest } from './read-manifest.ts'
import { fillSecretTags } from './secret-tags.ts'

/** Longest wait for an answer; the real host's is unknown. */
const SECONDS = 60

/**
 * The proxy that runs on Looker's server: without CORS, and the only place where secret tags are filled in.
 *
 * @throws Error when the extension is not entitled to the URL or there is no answer
 */
export async function serverProxy(
  { attributes }: LookerInstance,
  user: LookerUser,
  { extensionId, entitlements }: ExtensionManifest,
  request: OutgoingRequest,
): Promise<ProxyAnswer> {
  if (!entitlements) throw new Error(NO_ENTITLEMENTS)
  demandUrl(entitlements, request.resource)
  const { resource, init = {}, responseBodyType } = fillSecretTags(request, attributes, user, extensionId)
  const response = await fetch(resource, {
    method: init.method ?? 'GET',
    headers: { 'user-agent': 'Looker server proxy (stand-in)', ...init.headers },
    ...(init.body === undefined ? {} : { body: init.body }),
    signal: AbortSignal.timeout(SECONDS * 1000),
  }).catch((error: Error) => {
    throw new Error(`No answer from ${new URL(request.resource).origin}: ${causeOf(error)}`)
  })
  return proxyAnswer(response, responseBodyType)
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}
