import { errorCode } from '../../../shared/error-code.ts'
import { isPassing } from './patiently.ts'

/** Codes of Node for a certificate that it does not take. */
const CERTIFICATE =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|CERT_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/

/**
 * Says why the server cannot start with this database, and what to do. The URL holds a password, so only its
 * host, its user and its database are named.
 *
 * @returns the error itself when it is not about the address or the rights
 */
export function describeStartFault(error: unknown, databaseUrl: string): Error {
  const parts = readDatabaseUrl(databaseUrl)
  if (parts === undefined) {
    return new Error(
      'DATABASE_URL is not a valid URL. Write it like postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
    )
  }
  const place = `DATABASE_URL names a PostgreSQL at ${parts.host}`
  const code = errorCode(error)
  const said = error instanceof Error ? error.message : ''
  if (code === '28P01') {
    return new Error(`${place}, which refuses the user name or the password. Correct them.`)
  }
  if (code === '28000') {
    return new Error(
      `${place}, which refuses this user from here. Correct the user name, or add ?sslmode=require if it asks for encryption.`,
    )
  }
  if (code === '3D000') {
    return new Error(
      `${place}, which has no database ${JSON.stringify(parts.database)}. Create it, or correct DATABASE_URL.`,
    )
  }
  // No schema to create tables in, which is what a user sees who may not use any.
  if (code === '42501' || code === '3F000') return new Error(withoutRight(place, parts, said))
  if (CERTIFICATE.test(code)) {
    return new Error(
      `${place}, whose certificate is not trusted (${code}). If an authority of your own has signed it, add ?sslmode=verify-full&sslrootcert=/path/to/ca.pem to DATABASE_URL, or name the file in NODE_EXTRA_CA_CERTS; else correct the certificate, which must be valid for this host name.`,
    )
  }
  if (/does not support SSL/.test(said)) {
    return new Error(
      `${place}, which does not speak TLS, and DATABASE_URL asks for it. Let it speak TLS, or take sslmode out of DATABASE_URL.`,
    )
  }
  if (code === 'ENOENT' || code === 'EACCES') {
    return new Error(
      `A file that DATABASE_URL names (sslrootcert, sslcert or sslkey) cannot be read: ${code}. Correct its path, or let the server's user read it.`,
    )
  }
  if (isPassing(error)) {
    const reason = code === '' ? '' : ` (${code})`
    return new Error(`${place}, which cannot be reached${reason}. Start it, or correct DATABASE_URL.`)
  }
  return error instanceof Error ? error : new Error('The database could not be opened.')
}

type UrlParts = { host: string; user: string; database: string }

/** @returns undefined when node-postgres could not read the URL either */
function readDatabaseUrl(databaseUrl: string): UrlParts | undefined {
  try {
    const { host, username, password, pathname } = new URL(databaseUrl)
    decodeURIComponent(password)
    return {
      host: decodeURIComponent(host) || 'localhost',
      user: decodeURIComponent(username),
      database: decodeURIComponent(pathname.slice(1)),
    }
  } catch {
    return undefined
  }
}

/** Can node-postgres make something of it? */
export function isDatabaseUrl(databaseUrl: string): boolean {
  return readDatabaseUrl(databaseUrl) !== undefined
}

function withoutRight(place: string, { user, database }: UrlParts, said: string): string {
  const role = quoteName(user || 'the user')
  return `${place}, whose user may not create what the server needs (${said}). As an administrator of the database: create schema ${role} authorization ${role}; grant create on database ${quoteName(database)} to ${role};`
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
