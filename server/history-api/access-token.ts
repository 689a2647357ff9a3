import { errors, jwtVerify, SignJWT } from 'jose'
import type { Connection } from '../database/repositories/connection-repository.ts'

/** A token that leaks through the browser is of use for this long. */
export const ACCESS_TOKEN_SECONDS = 15 * 60

const AUDIENCE = 'looker-data-import-for-heap/api'

/**
 * Makes the short-lived token with which the browser may read the connection's imports.
 *
 * @param key random bytes that all processes share
 */
export function createAccessToken(connection: Connection, key: Uint8Array): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(String(connection.id))
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(key)
}

/** The connection that an access token is for; undefined when it is none of ours or has expired. */
export async function verifyAccessToken(
  connections: readonly Connection[],
  token: string,
  key: Uint8Array,
): Promise<Connection | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: ACCESS_TOKEN_SECONDS,
    })
    // A list of audiences is none of ours: what is good elsewhere as well is not good here.
    if (typeof payload.aud !== 'string') return undefined
    return connections.find(({ id }) => String(id) === payload.sub)
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
