import { randomBytes } from 'node:crypto'
import type { LookerUser } from './users.ts'

/** How long an access token of the API is good for; an hour, as the real one says. */
export const SESSION_SECONDS = 3600

export type ApiKey = { clientId: string; clientSecret: string }

export type Sessions = ReturnType<typeof createSessions>

/** API keys, one of each user, and the access tokens that were given for them. */
export function createSessions(users: readonly LookerUser[]) {
  const keys = new Map(
    users.map((user) => {
      const key: ApiKey = { clientId: `client-${user.id}`, clientSecret: randomBytes(12).toString('hex') }
      return [key.clientId, { user, key }]
    }),
  )
  const tokens = new Map<string, LookerUser>()

  return {
    /** What an admin makes under Edit Keys of a user. */
    keyOf(userId: string): ApiKey {
      const found = keys.get(`client-${userId}`)
      if (!found) throw new Error(`there is no user ${userId}`)
      return found.key
    },
    /** @returns the access token; null: no such key */
    login({ clientId, clientSecret }: ApiKey): string | null {
      const found = keys.get(clientId)
      if (!found || found.key.clientSecret !== clientSecret) return null
      const token = randomBytes(20).toString('hex')
      tokens.set(token, found.user)
      return token
    },
    logout: (token: string): boolean => tokens.delete(token),
    userOf: (token: string): LookerUser | undefined => tokens.get(token),
  }
}
