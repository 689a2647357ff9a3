import { join } from 'node:path'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'
import { isPassing, patiently } from './patiently.ts'

/** How long a start waits for a database that cannot be reached. */
const START_MILLISECONDS = 60_000

/** Opens PostgreSQL when a URL is given, else the embedded database, and brings the tables up to date. */
export async function openDatabase(options: {
  url: string | undefined
  dataDirectory: string
  onError: (error: Error) => void
}): Promise<Database> {
  const database = options.url
    ? openPostgres(options.url, options.onError)
    : await openPglite(join(options.dataDirectory, 'database'), options.onError)
  try {
    await patiently(() => migrate(database), START_MILLISECONDS)
  } catch (error) {
    await database.close()
    if (!isPassing(error)) throw error
    throw new Error('DATABASE_URL names a PostgreSQL that cannot be reached. Start it or correct the URL.', {
      cause: error,
    })
  }
  return database
}
