import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, TokenKind } from '../database/repositories/connection-repository.ts'
import { findConnection, hashToken } from './token.ts'

/** How long a change of connections may take to be seen by a running server. */
const READ_AGAIN_MILLISECONDS = 5_000

/** For a token that nobody knows the database is asked at most so often; callers wait. */
const READ_FOR_UNKNOWN_MILLISECONDS = 500

/** Tokens of the settings; while there is one of a kind, those of the database are not good. */
export type ConfiguredTokens = Record<TokenKind, readonly string[]>

export type ConnectionList = ReturnType<typeof createConnectionList>

/**
 * The connections, as they were read a few seconds ago at most, and as they were last read while the database does not
 * answer. A token that was added a moment ago is good at once: before one is refused, the connections are read anew.
 *
 * @param read resolves in a short time, and with null when it failed
 * @param named the connection that the tokens of the settings belong to
 */
export function createConnectionList(
  first: readonly Connection[],
  read: () => Promise<readonly Connection[] | null>,
  named: string,
  configured: ConfiguredTokens,
) {
  let known = first.map(withConfigured)
  let readAt = Date.now()
  let reading: Promise<void> = Promise.resolve()
  /** A reading that has not begun yet. */
  let next: Promise<void> | undefined

  function withConfigured(connection: Connection): Connection {
    if (connection.name !== named) return connection
    const own = (['action', 'extension'] as const).flatMap((kind) =>
      configured[kind].map((token) => ({
        kind,
        hash: hashToken(token),
        createdAt: new Date(0),
        endsAt: null,
      })),
    )
    const kept = connection.tokens.filter(({ kind }) => configured[kind].length === 0)
    return { ...connection, tokens: [...own, ...kept] }
  }

  function readNow(): Promise<void> {
    readAt = Date.now()
    reading = read().then((found) => {
      if (found) known = found.map(withConfigured)
    })
    return reading
  }

  /** Sees what was written before this moment. Those who ask in a short time share one reading. */
  function readLater(): Promise<void> {
    const wait = Math.max(0, readAt + READ_FOR_UNKNOWN_MILLISECONDS - Date.now())
    next ??= sleep(wait).then(() => {
      next = undefined
      return readNow()
    })
    return next
  }

  async function all(): Promise<readonly Connection[]> {
    await (Date.now() - readAt < READ_AGAIN_MILLISECONDS ? reading : readNow())
    return known
  }

  return {
    all,

    /** The connection that a token of this kind belongs to. */
    async find(kind: TokenKind, token: string): Promise<Connection | undefined> {
      const found = findConnection(await all(), kind, token)
      if (found) return found
      await readLater()
      return findConnection(known, kind, token)
    },
  }
}
