import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startPostgresServer } from '../../server/testing/postgres-server.ts'
import { diskBytes } from './disk-use.ts'

/** A database of its own for a measurement: the settings that name it, and what it takes on the disk. */
export type BenchDatabase = {
  environment: Record<string, string>
  diskBytes: () => Promise<number>
  remove: () => Promise<void>
}

/** A fresh directory for the embedded database, or a fresh PostgreSQL server. */
export async function createBenchDatabase(engine: 'pglite' | 'postgres'): Promise<BenchDatabase> {
  return engine === 'postgres' ? createPostgres() : createDirectory()
}

async function createDirectory(): Promise<BenchDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), 'heap-import-bench-'))
  return {
    environment: { DATA_DIR: directory },
    diskBytes: () => diskBytes(directory),
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

async function createPostgres(): Promise<BenchDatabase> {
  const server = await startPostgresServer()
  const url = `${server.url}/postgres`
  return {
    environment: { DATABASE_URL: url },
    diskBytes: () => askForSize(url),
    remove: server.stop,
  }
}

async function askForSize(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<{ bytes: number }>(
    `select (pg_database_size(current_database()) + (select sum(size) from pg_ls_waldir()))::float8 as bytes`,
  )
  await client.end()
  return rows[0]?.bytes ?? 0
}
