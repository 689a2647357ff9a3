/**
 * Payloads travel to and from the database as base64: PGlite spends ten times as long on the bytes of a
 * bytea, which it turns into hexadecimal digits one by one.
 */
export function toBase64(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64')
}

/** SQL for the bytea of a parameter written by `toBase64`. */
export function decodePayload(parameter: string): string {
  return `decode(${parameter}, 'base64')`
}

/** SQL that reads a bytea for `fromBase64`. */
export const ENCODED_PAYLOAD = "encode(payload, 'base64') as payload"

/** PostgreSQL breaks base64 into lines, which is no harm. */
export function fromBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}
