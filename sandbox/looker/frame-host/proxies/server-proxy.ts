import type { LookerInstance } from '../../api/instance.ts'
import type { LookerUser } from '../../api/users.ts'
import { demandUrl, NO_ENTITLEMENTS } from '../entitlements.ts'
import type { OutgoingRequest } from '../extension-requests.ts'
import type { HostUnknowns } from '../host-unknowns.ts'
import type { ExtensionManifest } from '../manifest/read-application.ts'
import type { ProxyAnswer } from './proxy-answer.ts'
import { proxyAnswer } from './proxy-answer.ts'
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
  { bareRequest }: Pick<HostUnknowns, 'bareRequest'>,
): Promise<ProxyAnswer> {
  if (!entitlements) throw new Error(NO_ENTITLEMENTS)
  demandUrl(entitlements, request.resource)
  const { resource, init = {}, responseBodyType } = fillSecretTags(request, attributes, user, extensionId)
  const response = await fetch(resource, {
    method: init.method ?? 'GET',
    headers: {
      'user-agent': 'Looker server proxy (stand-in)',
      ...(bareRequest === 'as an empty form' && isBare(init) ? EMPTY_FORM : {}),
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: init.body }),
    signal: AbortSignal.timeout(SECONDS * 1000),
  }).catch((error: Error) => {
    throw new Error(`No answer from ${new URL(request.resource).origin}: ${causeOf(error)}`)
  })
  return proxyAnswer(response, responseBodyType)
}

/** HTTP clients that add a content type add this one. */
const EMPTY_FORM = { 'content-type': 'application/x-www-form-urlencoded' }

function isBare({ method = 'GET', headers = {}, body }: NonNullable<OutgoingRequest['init']>): boolean {
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  return !['GET', 'HEAD'].includes(method.toUpperCase()) && body === undefined && !hasType
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}
