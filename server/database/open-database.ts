import { join } from 'node:path'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'

/** Opens PostgreSQL when a URL is given, else the embedded database, and brings the tables up to date. */
export async function openDatabase(options: {
  url: string | undefined
  dataDirectory: string
  onError: (error: Error) => void
}): Promise<Database> {
  const database = options.url
    ? openPostgres(options.url, options.onError)
    : await openPglite(join(options.dataDirectory, 'database'))
  try {
    await migrate(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}
