import fastifyPlugin from 'fastify-plugin'

/**
 * A stop waits so long for callers who are still sending or reading. Deliveries get their answer at once; it
 * is for those who send byte by byte, or not at all.
 */
const CUT_AFTER_MILLISECONDS = 8_000

/** Cuts the connections that hold up a stop. */
export const closingPlugin = fastifyPlugin(
  async (app) => {
    let timer: NodeJS.Timeout | undefined
    app.addHook('preClose', async () => {
      timer = setTimeout(() => app.server.closeAllConnections(), CUT_AFTER_MILLISECONDS)
    })
    app.addHook('onClose', async () => clearTimeout(timer))
  },
  { name: 'closing' },
)
