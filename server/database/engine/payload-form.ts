import type { Database } from './database.ts'

/**
 * How payloads travel to and from the database. To PostgreSQL as they are. To PGlite as base64: it spends ten
 * times as long on the bytes of a bytea, which it turns into hexadecimal digits one by one.
 */
export type PayloadForm = {
  /** The value of a parameter. */
  write: (payload: Uint8Array) => string | Uint8Array
  /** SQL for the bytea of such a parameter. */
  parameter: (place: string) => string
  /** SQL that selects a bytea for `read`. */
  column: (name: string) => string
  read: (selected: string | Uint8Array) => Uint8Array
}

const BINARY: PayloadForm = {
  write: (payload) => payload,
  parameter: (place) => `${place}::bytea`,
  column: (name) => name,
  read: (selected) => (typeof selected === 'string' ? Buffer.from(selected, 'base64') : selected),
}

const BASE64: PayloadForm = {
  write: (payload) => Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64'),
  parameter: (place) => `decode(${place}, 'base64')`,
  column: (name) => `encode(${name}, 'base64')`,
  // PostgreSQL breaks base64 into lines, which is no harm.
  read: (selected) => (typeof selected === 'string' ? Buffer.from(selected, 'base64') : selected),
}

export function payloadForm({ engine }: Pick<Database, 'engine'>): PayloadForm {
  return engine === 'postgres' ? BINARY : BASE64
}
