import { randomBytes } from 'node:crypto'

/** How long a download URL is good for (documented by Looker: an hour after the schedule ran). */
const LIFETIME_SECONDS = 3600

type Downloads<T> = {
  /** Offers something under a new token of 40 characters. */
  offer: (content: T) => string
  /** What a token stands for, once; undefined when it is unknown, used, or expired. */
  redeem: (token: string) => T | undefined
}

/** Looker's download URLs: the token is the only credential, and it works once. */
export function createDownloads<T>(lifetimeSeconds = LIFETIME_SECONDS, now = Date.now): Downloads<T> {
  const offers = new Map<string, { content: T; expires: number }>()

  return {
    offer(content) {
      const token = randomBytes(20).toString('hex')
      offers.set(token, { content, expires: now() + lifetimeSeconds * 1000 })
      return token
    },
    redeem(token) {
      const found = offers.get(token)
      offers.delete(token)
      return found && found.expires > now() ? found.content : undefined
    },
  }
}
