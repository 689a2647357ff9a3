import type { FetchResponseBodyType } from '@looker/extension-sdk'
import { useQuery } from '@tanstack/react-query'
import type { Static, TSchema } from 'typebox'
import type { LookerHost } from '../looker/adaptor.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import type { AccessTokens } from './access-token.ts'
import { createAccessTokens } from './access-token.ts'
import { ActionServerError } from './action-server-error.ts'
import { fitsSchema } from './fits-schema.ts'
import type { ProxyAnswer } from './read-answer.ts'
import { readAnswer, readText } from './read-answer.ts'
import { useServerUrl } from './server-url.ts'

/** The SDK's enum at run time would bring the SDK into every test. */
const AS_TEXT = 'text' as FetchResponseBodyType

/** Values of a query; what is not given is left out. */
export type Query = Record<string, string | number | null | undefined>

/** The calls of `/api/v1`; paths begin after it. All throw ActionServerError. */
export type ActionServer = {
  get: <S extends TSchema>(schema: S, path: string, query?: Query) => Promise<Static<S>>
  getText: (path: string, query?: Query) => Promise<string>
  /** @returns the answer's body, which not all such calls have */
  send: (
    method: 'POST' | 'PUT',
    path: string,
    query: Query,
    body: unknown,
  ) => Promise<Record<string, unknown>>
  tokens: AccessTokens
}

/**
 * Requests to the server's API, each with a valid token; a token that was refused is renewed once.
 *
 * @param lookerOrigin names the Looker instance in each call: ids of plans are unique only within one
 */
export function createActionServer(
  host: LookerHost,
  serverUrl: string,
  lookerOrigin: string | null,
): ActionServer {
  const tokens = createAccessTokens(host, serverUrl)

  async function call<T>(
    read: (request: () => Promise<ProxyAnswer>) => Promise<T>,
    {
      method,
      path,
      query,
      body,
    }: { method: 'GET' | 'POST' | 'PUT'; path: string; query: Query | undefined; body?: unknown },
    renew = true,
  ): Promise<T> {
    const token = await tokens.get()
    const url = `${serverUrl}/api/v1${path}?${toQuery({ ...query, host: lookerOrigin })}`
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' }
    try {
      return await read(() =>
        host.fetchProxy(
          url,
          {
            method,
            headers: { Authorization: `Bearer ${token}`, ...json },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          },
          AS_TEXT,
        ),
      )
    } catch (error) {
      if (!renew || !(error instanceof ActionServerError) || error.kind !== 'unauthorized') throw error
      tokens.forget()
      return call(read, { method, path, query, body }, false)
    }
  }

  return {
    async get(schema, path, query) {
      const answer: unknown = await call(readAnswer, { method: 'GET', path, query })
      if (!fits(schema, answer)) {
        throw new ActionServerError(
          'not_understood',
          `The answer to ${path.replace(/\/[^/]*$/, '')} has another shape.`,
        )
      }
      return answer
    },
    getText: (path, query) => call(readText, { method: 'GET', path, query }),
    send: (method, path, query, body) => call(readAnswer, { method, path, query, body }),
    tokens,
  }
}

function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  return fitsSchema(schema, value)
}

function toQuery(query: Query): string {
  return Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
}

/** One for each host and URL, as all parts of a page share its token. */
const servers = new WeakMap<LookerHost, Map<string, ActionServer>>()

function serverOf(host: LookerHost, url: string, lookerOrigin: string | null): ActionServer {
  const known = servers.get(host) ?? new Map<string, ActionServer>()
  servers.set(host, known)
  const server = known.get(url) ?? createActionServer(host, url, lookerOrigin)
  known.set(url, server)
  return server
}

/** The action server once its URL is known; `error` says why it is not. */
export function useActionServer() {
  const { host, lookerOrigin } = useLooker()
  const { data: url, error } = useServerUrl()
  return { server: url === undefined ? null : serverOf(host, url, lookerOrigin), error }
}

/** Does the server answer, and does it accept the secret? */
export function useActionServerCheck() {
  const { server, error } = useActionServer()
  const check = useQuery(
    ['action-server-check'],
    async () => {
      server?.tokens.forget()
      await server?.tokens.get()
      return true
    },
    { enabled: server !== null },
  )
  return { ...check, error: error ?? check.error }
}
