import { join } from 'node:path'
import { takeDataDirectory } from './engine/data-directory.ts'
import type { Database } from './engine/database.ts'
import type { DatabaseTiming } from './engine/database-timing.ts'
import { DATABASE_TIMING } from './engine/database-timing.ts'
import { openPglite } from './engine/open-pglite.ts'
import { openPostgres } from './engine/open-postgres.ts'
import { isPassing, patiently } from './engine/patiently.ts'
import { makePrivate } from './engine/private-files.ts'
import { describeStartFault } from './engine/start-faults.ts'
import { migrate } from './migrate.ts'

type DatabaseOptions = {
  /** Of a PostgreSQL; undefined: the embedded database in `dataDirectory`. */
  url: string | undefined
  dataDirectory: string
  /** Told of what breaks while nobody uses it. */
  onError: (error: Error) => void
  /** Told of every vain attempt to reach a PostgreSQL at the start. */
  onWait?: (error: Error) => void
  timing?: Partial<DatabaseTiming>
}

/**
 * Opens PostgreSQL when a URL is given, else the embedded database, and brings the tables up to date.
 *
 * @throws Error with a text for the person who starts the server, which holds no password
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url === undefined ? openEmbedded(options) : openShared(options.url, options)
}

async function openEmbedded({ dataDirectory, onError, timing }: DatabaseOptions): Promise<Database> {
  const directory = await takeDataDirectory(dataDirectory)
  try {
    const open = await makePrivate(directory.path)
    if (open !== null) onError(new Error(open))
    const database = await openPglite(join(directory.path, 'database'), onError)
    try {
      await migrate(database)
    } catch (error) {
      await database.close().catch(onError)
      throw error
    }
    return {
      ...database,
      patienceMs: timing?.patienceMs ?? database.patienceMs,
      close: () => database.close().finally(directory.release),
    }
  } catch (error) {
    directory.release()
    throw error
  }
}

async function openShared(url: string, { onError, onWait, timing }: DatabaseOptions): Promise<Database> {
  if (!URL.canParse(url)) throw describeStartFault(null, url)
  const times = { ...DATABASE_TIMING, ...timing }
  const database = openPostgres(url, onError, times)
  try {
    await patiently(
      () => migrate(database),
      times.startMs,
      (error) => {
        if (!isPassing(error)) return false
        onWait?.(describeStartFault(error, url))
        return true
      },
    )
  } catch (error) {
    await database.close()
    throw describeStartFault(error, url)
  }
  return database
}
