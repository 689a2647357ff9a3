import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Connection, TokenKind } from '../database/repositories/connection-repository.ts'

/** Shorter ones could be guessed; ours have 43 characters after what tells their kind. */
export const MIN_TOKEN_CHARACTERS = 32

/** By the letters of the project, which stand in no text of ours; then by the kind. */
const PREFIXES: Record<TokenKind, string> = { action: 'ldih_action_', extension: 'ldih_extension_' }

/** What a token that we made looks like, also a part of one, in any case. */
export const MADE_TOKEN = /ldih_(?:action|extension)_[\w-]*/gi

/** A new random token, of 256 bits. Its kind can be seen, so that one in the wrong place can be told. */
export function makeToken(kind: TokenKind): string {
  return `${PREFIXES[kind]}${randomBytes(32).toString('base64url')}`
}

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

/** The token in `Authorization: Bearer ...`; empty when there is none. */
export function readBearer(header: string | undefined): string {
  return /^bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1] ?? ''
}

/**
 * The connection that a token of this kind belongs to. All hashes are compared, each in constant time; equal lengths
 * are given by hashing both sides.
 */
export function findConnection(
  connections: readonly Connection[],
  kind: TokenKind,
  token: string,
  now = Date.now(),
): Connection | undefined {
  const presented = hashToken(token)
  let found: Connection | undefined
  for (const connection of connections) {
    for (const { kind: knownKind, hash, endsAt } of connection.tokens) {
      const isSame = hash.length === presented.length && timingSafeEqual(hash, presented)
      if (isSame && knownKind === kind && (endsAt === null || endsAt.getTime() > now)) found = connection
    }
  }
  return found
}
