import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import fastifyPlugin from 'fastify-plugin'
import { hashToken } from '../connections/token.ts'
import type { WritableEnvironments } from '../connections/writable-environments.ts'
import type { Connection } from '../database/repositories/connection-repository.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that requires a token. */
    connection: Connection | null
  }

  interface FastifyInstance {
    /** The connections; as they were last read when the database does not answer. */
    knownConnections: () => Promise<readonly Connection[]>
    /** The environments of Heap that deliveries of a connection may write; null: any. */
    writableEnvironments: (connection: Connection | null) => WritableEnvironments
  }
}

/** The connection that LOOKER_TOKEN belongs to. */
const DEFAULT_CONNECTION = 'default'

/** How long a change of connections may take to be seen by a running server. */
const READ_AGAIN_MILLISECONDS = 5_000

/** A mute database holds up no caller for longer; the connections known before do. */
const LONGEST_READ_MILLISECONDS = 2_000

/**
 * Makes sure that there is a default connection. Without LOOKER_TOKEN its token is generated once, and shown
 * once: only its hash is kept.
 */
export const connectionsPlugin = fastifyPlugin(
  async (app, options: { showToken: (token: string) => void }) => {
    const { connections } = app.repositories
    const { lookerToken } = app.config
    if (lookerToken) {
      await connections.setToken(DEFAULT_CONNECTION, hashToken(lookerToken))
    } else {
      const token = randomBytes(32).toString('base64url')
      const { added } = await connections.add(DEFAULT_CONNECTION, hashToken(token))
      if (added) options.showToken(token)
    }

    app.decorateRequest('connection', null)
    let known = await connections.all()
    let readAt = Date.now()

    async function readAgain(): Promise<void> {
      try {
        known = await connections.all()
      } catch (error) {
        app.log.warn({ err: error }, 'the connections could not be read; the ones known before are used')
      }
    }

    app.decorate('writableEnvironments', () => app.config.heapEnvironments)
    app.decorate('knownConnections', async () => {
      if (Date.now() - readAt < READ_AGAIN_MILLISECONDS) return known
      readAt = Date.now()
      await Promise.race([readAgain(), sleep(LONGEST_READ_MILLISECONDS, undefined, { ref: false })])
      return known
    })
  },
  { name: 'connections', dependencies: ['database'] },
)
