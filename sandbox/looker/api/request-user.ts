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

/** API clients send `Authorization: token <access token>`; here the user's id is the token. */
export function tokenUser({ users }: LookerInstance, request: FastifyRequest): LookerUser {
  const token = /^token (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const found = users.find(({ id }) => id === token)
  if (!found) throw new LookerApiError(401, 'Requires authentication.')
  return found
}
