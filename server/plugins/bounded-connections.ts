import fastifyPlugin from 'fastify-plugin'

/** Who is turned away is told of once in a while, with how many there were. */
const TELL_MILLISECONDS = 60_000

/** Turns connections away above a number, so that open ones keep room and file descriptors. */
export const boundedConnectionsPlugin = fastifyPlugin(
  async (app) => {
    let dropped = 0
    let toldAt = 0
    app.server.maxConnections = app.limits.connections
    app.server.on('drop', () => {
      dropped += 1
      if (Date.now() - toldAt < TELL_MILLISECONDS) return
      app.log.warn(
        { dropped, connections: app.limits.connections },
        'connections are turned away: too many are open',
      )
      toldAt = Date.now()
      dropped = 0
    })
  },
  { name: 'bounded-connections' },
)
