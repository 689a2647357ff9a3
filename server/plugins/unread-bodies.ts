import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

/** Cuts the connection of callers who go on sending for long after they have got their answer. */
export const unreadBodiesPlugin = fastifyPlugin(
  async (app) => {
    app.addHook('onResponse', async ({ raw }: FastifyRequest) => {
      if (raw.complete || raw.destroyed) return
      const timer = setTimeout(() => raw.destroy(), app.limits.lingerMs)
      for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer))
    })
  },
  { name: 'unread-bodies' },
)
