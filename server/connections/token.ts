import { createHash, timingSafeEqual } from 'node:crypto'
import type { Connection } from '../database/repositories/connection-repository.ts'

/** Tokens are long and random, so a plain hash cannot be guessed back. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * The token in `Authorization: Token token="..."`: what stands between the first and the last quote, as in
 * Looker's reference hub; `token` in any case.
 */
export function readToken(header: string | undefined): string | undefined {
  return /^token\s+token\s*=\s*"(.*)"\s*$/is.exec(header ?? '')?.[1]
}

/**
 * The connection a token belongs to. All hashes are compared, each in constant time; equal lengths are given
 * by hashing both sides.
 */
export function findConnection(connections: readonly Connection[], token: string): Connection | undefined {
  const presented = hashToken(token)
  let found: Connection | undefined
  for (const connection of connections) {
    const known = Buffer.from(connection.tokenHash)
    if (known.length === presented.length && timingSafeEqual(known, presented)) found = connection
  }
  return found
}
