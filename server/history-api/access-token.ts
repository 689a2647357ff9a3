import { hkdfSync } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Connection } from '../database/repositories/connection-repository.ts'

/** A token that leaks through the browser is of use for this long. */
export const ACCESS_TOKEN_SECONDS = 15 * 60

const AUDIENCE = 'looker-data-import-for-heap/api'

/**
 * The key is derived from the connection's token, so that all processes on one database know it, and a new
 * token ends all sessions.
 */
function signingKey(connection: Connection): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', connection.tokenHash, new Uint8Array(0), AUDIENCE, 32))
}

/** Makes the short-lived token with which the browser may read the connection's imports. */
export function createAccessToken(connection: Connection): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', kid: String(connection.id) })
    .setAudience(AUDIENCE)
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(signingKey(connection))
}

/** The connection that an access token is for; undefined when it is none of ours or has expired. */
export async function verifyAccessToken(
  connections: readonly Connection[],
  token: string,
): Promise<Connection | undefined> {
  try {
    const { protectedHeader } = await jwtVerify(
      token,
      ({ kid }) => {
        const connection = connections.find(({ id }) => String(id) === kid)
        if (!connection) throw new errors.JWTInvalid('unknown connection')
        return signingKey(connection)
      },
      { algorithms: ['HS256'], audience: AUDIENCE },
    )
    return connections.find(({ id }) => String(id) === protectedHeader.kid)
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
