import type { FastifyRequest } from 'fastify'
import { LookerApiError } from './api-error.ts'
import type { LookerInstance } from './instance.ts'
import type { LookerUser } from './users.ts'
import { DEFAULT_USER_ID } from './users.ts'

/** Holds the id of the user whom somebody chose in the stand-in's pages. */
export const USER_COOKIE = 'looker_user'

/** The user of Looker's own pages. Nobody has to log in to a stand-in. */
export function signedInUser({ users }: LookerInstance, request: FastifyRequest): LookerUser {
  const chosen = /(?:^|;\s*)looker_user=(\d+)/.exec(request.headers.cookie ?? '')?.[1]
  const found =
    users.find(({ id }) => id === chosen) ?? users.find(({ id }) => id === DEFAULT_USER_ID) ?? users[0]
  if (!found) throw new Error('The Looker stand-in has no users')
  return found
}

/** The access token of an API client: `Authorization: Bearer <token>`, or `token <token>`. */
export function bearerOf(request: FastifyRequest): string {
  return /^(?:token|bearer) (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

/** The user of an access token; for tests that do not log in the user's id is one too. */
export function tokenUser({ users, sessions }: LookerInstance, request: FastifyRequest): LookerUser {
  const token = bearerOf(request)
  const found = sessions.userOf(token) ?? users.find(({ id }) => id === token)
  if (!found) throw new LookerApiError(401, 'Requires authentication.')
  return found
}
