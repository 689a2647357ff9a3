import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errorCode } from '../../../shared/error-code.ts'

/** SQLite's result code for a file that another one has locked. */
const SQLITE_BUSY = 5

/** The server before this one may still be closing. */
const WAIT_MILLISECONDS = 2_000

/** Another process has the data directory; the text is for the person who starts a server. */
export class DataDirectoryInUse extends Error {}

/** A data directory that belongs to this process, for as long as it runs or until it lets go. */
type DataDirectory = { path: string; release: () => void }

/**
 * Makes the data directory when there is none, and takes it for this process alone: two servers on one
 * embedded database would destroy it.
 *
 * The lock is SQLite's on an empty file. The system holds it and gives it back when the process ends in any
 * way, kill -9 included, and it also holds between containers that share a volume, where the process ids of
 * a lock file of our own would mean nothing.
 *
 * @throws Error with a text for the person who starts the server
 */
export async function takeDataDirectory(directory: string): Promise<DataDirectory> {
  const path = resolve(directory)
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw notWritable(path, errorCode(error) || String(error))
  }
  const lock = openLock(path)
  return { path, release: () => lock.close() }
}

function openLock(path: string): DatabaseSync {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(path, 'lock'), { timeout: WAIT_MILLISECONDS })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    return lock
  } catch (error) {
    lock?.close()
    if (!(error instanceof Error && 'errcode' in error)) throw error
    if (error.errcode !== SQLITE_BUSY) throw notWritable(path, error.message)
    throw new DataDirectoryInUse(
      `DATA_DIR (${path}) is in use by another action server. Stop that one, or give this one a DATA_DIR of its own. Servers that work together need a PostgreSQL: set DATABASE_URL.`,
      { cause: error },
    )
  }
}

function notWritable(path: string, reason: string): Error {
  return new Error(
    `DATA_DIR (${path}) cannot be written: ${reason}. Let the server's user write there, choose another DATA_DIR, or set DATABASE_URL.`,
  )
}
