import { errorCode } from '../../../shared/error-code.ts'
import { isPassing } from './patiently.ts'

/**
 * Says why the server cannot start with this database, and what to do. The URL holds a password, so only its
 * host and its database are named.
 *
 * @returns the error itself when it is not about the address or the rights
 */
export function describeStartFault(error: unknown, databaseUrl: string): Error {
  if (!URL.canParse(databaseUrl)) {
    return new Error(
      'DATABASE_URL is not a valid URL. Write it like postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
    )
  }
  const { host, pathname } = new URL(databaseUrl)
  const place = `DATABASE_URL names a PostgreSQL at ${host}`
  const code = errorCode(error)
  if (code === '28P01') {
    return new Error(`${place}, which refuses the user name or the password. Correct them.`)
  }
  if (code === '28000') {
    return new Error(
      `${place}, which refuses this user from here. Correct the user name, or add ?sslmode=require if it asks for encryption.`,
    )
  }
  if (code === '3D000') {
    const name = JSON.stringify(decodeURIComponent(pathname.slice(1)))
    return new Error(`${place}, which has no database ${name}. Create it, or correct DATABASE_URL.`)
  }
  if (code === '42501') {
    return new Error(
      `${place}, whose user may not create tables. Grant it the right to, or name another user.`,
    )
  }
  if (isPassing(error)) {
    const reason = code === '' ? '' : ` (${code})`
    return new Error(`${place}, which cannot be reached${reason}. Start it, or correct DATABASE_URL.`)
  }
  return error instanceof Error ? error : new Error('The database could not be opened.')
}
