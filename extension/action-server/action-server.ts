import { useQuery } from '@tanstack/react-query'
import type { LookerHost } from '../looker/adaptor.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import type { AccessTokens } from './access-token.ts'
import { createAccessTokens } from './access-token.ts'
import { ActionServerError } from './action-server-error.ts'
import { readAnswer } from './read-answer.ts'
import { useServerUrl } from './server-url.ts'

export type ActionServer = {
  /** @throws ActionServerError */
  get: (path: string) => Promise<Record<string, unknown>>
  tokens: AccessTokens
}

/** Requests to the server's API, each with a valid token; a token that was refused is renewed once. */
export function createActionServer(host: LookerHost, serverUrl: string): ActionServer {
  const tokens = createAccessTokens(host, serverUrl)

  async function get(path: string, renew = true): Promise<Record<string, unknown>> {
    const token = await tokens.get()
    try {
      return await readAnswer(() =>
        host.fetchProxy(`${serverUrl}${path}`, {
          method: 'GET',
          headers: { Authorization: `Bearer ${token}` },
        }),
      )
    } catch (error) {
      if (!renew || !(error instanceof ActionServerError) || error.kind !== 'unauthorized') throw error
      tokens.forget()
      return get(path, false)
    }
  }

  return { get, tokens }
}

/** The action server once its URL is known; `error` says why it is not. */
export function useActionServer() {
  const { host } = useLooker()
  const url = useServerUrl()
  const server = useQuery(['action-server', url.data], () => createActionServer(host, url.data ?? ''), {
    enabled: url.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    cacheTime: Number.POSITIVE_INFINITY,
  })
  return { server: server.data ?? null, error: url.error }
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
