import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'

/** A fresh database of one engine: the environment variables that select it. */
export type TestDatabase = { environment: Record<string, string>; remove: () => Promise<void> }

/** Both engines, for `describe.each`: what is promised holds on PGlite and on PostgreSQL. */
export const ENGINES = [
  { engine: 'PGlite', createDatabase: createPgliteDirectory },
  { engine: 'PostgreSQL', createDatabase: createPostgresDatabase },
]

export async function createPgliteDirectory(): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'heap-import-pglite-'))
  return {
    environment: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

export async function createPostgresDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runOn(`${server}/postgres`, `create database ${name}`)
  return {
    environment: { DATABASE_URL: `${server}/${name}` },
    remove: () => runOn(`${server}/postgres`, `drop database ${name} with (force)`),
  }
}

async function runOn(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(sql)
  await client.end()
}
