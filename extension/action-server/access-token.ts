import { SECRET_KEY } from '../../shared/set-up/installed-names.ts'
import type { LookerHost } from '../looker/adaptor.tsx'
import { ActionServerError } from './action-server-error.ts'
import { readAnswer } from './read-answer.ts'

/** A token is renewed this long before it ends, so that a slow request does not outlive it. */
const MARGIN_MS = 30_000

export type AccessTokens = {
  /** @throws ActionServerError */
  get: () => Promise<string>
  /** After the server refused the token. */
  forget: () => void
}

/**
 * Keeps the short-lived token for the server's API, in memory only. Looker's server fetches it with the
 * secret; all other requests go from the user's browser with the token.
 */
export function createAccessTokens(
  host: LookerHost,
  serverUrl: string,
  now: () => number = Date.now,
): AccessTokens {
  let current: { promise: Promise<string>; endsAt: number } | null = null

  async function request(): Promise<string> {
    const body = await readAnswer(() =>
      host.serverProxy(`${serverUrl}/api/token`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${host.createSecretKeyTag(SECRET_KEY)}`,
          // What Looker's server adds to a request without body and content type is not documented.
          'Content-Type': 'application/json',
        },
        body: '{}',
      }),
    )
    const { accessToken, expiresInSeconds } = body
    if (typeof accessToken !== 'string' || typeof expiresInSeconds !== 'number') {
      throw new ActionServerError('unreachable', 'The answer holds no access token.')
    }
    if (current) current.endsAt = now() + expiresInSeconds * 1000 - MARGIN_MS
    return accessToken
  }

  return {
    get: () => {
      if (current && now() < current.endsAt) return current.promise
      const promise = request()
      current = { promise, endsAt: Number.POSITIVE_INFINITY }
      promise.catch(() => {
        if (current?.promise === promise) current = null
      })
      return promise
    },
    forget: () => {
      current = null
    },
  }
}
