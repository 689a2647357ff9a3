import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import fastifyPlugin from 'fastify-plugin'
import type { ConnectionList } from '../connections/connection-list.ts'
import { createConnectionList } from '../connections/connection-list.ts'
import type { SecretGuard } from '../connections/secret-guard.ts'
import { createSecretGuard } from '../connections/secret-guard.ts'
import { hashToken, makeToken } from '../connections/token.ts'
import type { WritableEnvironments } from '../connections/writable-environments.ts'
import { writableEnvironments } from '../connections/writable-environments.ts'
import type { Connection, TokenKind } from '../database/repositories/connection-repository.ts'
import { regionOfUrl } from '../heap/regions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that requires a token. */
    connection: Connection | null
  }

  interface FastifyInstance {
    connections: ConnectionList
    /** With which access tokens are signed; the same for all processes. */
    accessKey: Uint8Array
    /** Finds secrets where none may be. */
    holdsSecret: SecretGuard
    /** The environments of Heap that deliveries of a connection may write; null: any. */
    writableEnvironments: (connection: Connection | null) => WritableEnvironments
  }
}

/** The connection that LOOKER_TOKEN and EXTENSION_SECRET belong to. */
const DEFAULT_CONNECTION = 'default'

const KINDS = ['action', 'extension'] as const satisfies readonly TokenKind[]

/** A mute database holds up no caller for longer; the connections known before do. */
const LONGEST_READ_MILLISECONDS = 2_000

/** Shows a person a token that was generated; only its hash is kept. */
export type ShowToken = (token: string, kind: TokenKind) => void

/**
 * Makes sure that there is a default connection. A token that no setting gives it is generated once, and shown once:
 * only its hash is kept.
 */
export const connectionsPlugin = fastifyPlugin(
  async (app, options: { showToken: ShowToken }) => {
    const { connections } = app.repositories
    const { tokens, heapApiUrl } = app.config
    const region = (heapApiUrl && regionOfUrl(heapApiUrl)) || 'us'
    const configured = KINDS.filter((kind) => tokens[kind].length > 0)
    const made = { action: makeToken('action'), extension: makeToken('extension') }
    await connections.settle(DEFAULT_CONNECTION, hashToken(tokens.action[0] ?? made.action), configured)
    for (const kind of KINDS) {
      if (configured.includes(kind)) continue
      const isFirst = await connections.addFirst(DEFAULT_CONNECTION, kind, hashToken(made[kind]))
      if (isFirst) options.showToken(made[kind], kind)
    }

    async function read(): Promise<readonly Connection[] | null> {
      const reading = connections.all().catch((error: unknown) => {
        app.log.warn({ err: error }, 'the connections could not be read; the ones known before are used')
        return null
      })
      return Promise.race([reading, sleep(LONGEST_READ_MILLISECONDS, null, { ref: false })])
    }

    app.decorateRequest('connection', null)
    app.decorate('holdsSecret', createSecretGuard([...tokens.action, ...tokens.extension]))
    app.decorate('accessKey', await connections.serverKey('access tokens', randomBytes(32)))
    app.decorate('writableEnvironments', (connection) =>
      writableEnvironments(app.config.heapEnvironments, connection?.environments ?? null, region),
    )
    app.decorate(
      'connections',
      createConnectionList(await connections.all(), read, DEFAULT_CONNECTION, tokens),
    )
  },
  { name: 'connections', dependencies: ['database'] },
)
