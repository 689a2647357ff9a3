import { matchOperation } from '../../api/match-operation.ts'
import { demandMethod, demandSwitch } from '../entitlements.ts'
import type { HostContext } from './host-context.ts'

export type CorePayload = {
  httpMethod: string
  path: string
  params?: Record<string, unknown> | null
  body?: unknown
  apiVersion?: string
}

/** What the SDK makes an answer or a LookerSDKError of. */
type CoreAnswer = { ok: true; value: unknown } | { ok: false; error: unknown }

/** The API that Looker's own pages use: the session of the user opens it. */
const INTERNAL_API = '/api/internal/core/4.0'

/** A call of Looker's API with the rights of the user. The call has no name, so it is looked up by verb and path. */
export async function answerCore(context: HostContext, payload: CorePayload): Promise<CoreAnswer> {
  const { config, entitlements, faults } = context
  const method = methodOf(context, payload)
  demandMethod(entitlements, method)
  if (faults.hanging.has(method)) return new Promise(() => {})
  const failure = faults.failing.get(method)
  if (failure !== undefined) return { ok: false, error: failureBody(failure, payload) }
  const response = await callApi(payload)
  const text = await response.text()
  const nothing = config.unknowns.noContent === 'undefined' ? undefined : ''
  const value = text === '' ? nothing : parse(text)
  return response.ok ? { ok: true, value } : { ok: false, error: value }
}

/** The whole answer, its body as text. */
export async function answerRawCore({ entitlements }: HostContext, payload: CorePayload) {
  demandSwitch(entitlements, 'raw_api_request', 'use raw api requests')
  const requestStarted = Date.now()
  const response = await callApi(payload)
  return {
    method: payload.httpMethod,
    ok: response.ok,
    url: response.url,
    statusCode: response.status,
    statusMessage: response.statusText,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
    headers: Object.fromEntries(response.headers),
    requestStarted,
    responseCompleted: Date.now(),
  }
}

function methodOf({ config }: HostContext, { httpMethod, path }: CorePayload): string {
  const method = matchOperation(config.operations, httpMethod.toUpperCase(), path)
  if (method) return method
  throw new Error(
    `The Looker stand-in does not have ${httpMethod} ${path}: it is missing in sandbox/looker/api/operations.ts`,
  )
}

function callApi({ httpMethod, path, params, body }: CorePayload): Promise<Response> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  const search = query.size > 0 ? `?${query}` : ''
  const hasBody = body !== undefined && body !== null
  return fetch(`${INTERNAL_API}${path}${search}`, {
    method: httpMethod,
    ...(hasBody ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function failureBody(status: number, { httpMethod, path }: CorePayload) {
  const link = `https://cloud.google.com/looker/docs/r/err/4.0/${status}/${httpMethod.toLowerCase()}${path}`
  return { message: `Fault injected: status ${status}`, documentation_url: link }
}
