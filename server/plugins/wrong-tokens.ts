import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a call with a missing or wrong token. @returns whether its address keeps on guessing */
    isGuessing: (request: FastifyRequest) => Promise<boolean>
  }
}

/** Wrong tokens an address may present in a minute; a right one is always let in. */
const WRONG_TOKENS = { max: 30, timeWindow: 60_000 }

/** Slows down those who guess tokens. */
export const wrongTokensPlugin = fastifyPlugin(
  async (app) => {
    await app.register(rateLimit, { global: false })
    const count = app.createRateLimit(WRONG_TOKENS)
    app.decorate('isGuessing', async (request: FastifyRequest) => {
      const limit = await count(request)
      return !limit.isAllowed && limit.isExceeded
    })
  },
  { name: 'wrong-tokens' },
)
