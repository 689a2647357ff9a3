import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestDatabase } from './engines.ts'

/**
 * A copy as docs/operations/backup.md says, of a database that nobody has open.
 *
 * @param name of the copy, among those of one database
 */
export function copyDatabase(database: TestDatabase, name: string): Promise<TestDatabase> {
  const { DATABASE_URL: url, DATA_DIR: directory = '' } = database.environment
  return url === undefined ? copyDirectory(directory) : copyPostgres(url, name)
}

/** The files of a server that is stopped. */
async function copyDirectory(directory: string): Promise<TestDatabase> {
  const copy = await mkdtemp(join(tmpdir(), 'heap-import-restored-'))
  await cp(directory, copy, { recursive: true, preserveTimestamps: true })
  return {
    environment: { DATA_DIR: copy },
    remove: () => rm(copy, { recursive: true, force: true }),
  }
}

/** All schemas in one consistent copy, as pg_dump makes it. pg_dump itself is not among the packages of the tests. */
async function copyPostgres(from: string, name: string): Promise<TestDatabase> {
  const url = new URL(from)
  const [old, copy] = [url.pathname.slice(1), `${url.pathname.slice(1)}_${name}`]
  const run = async (sql: string) => {
    const client = new pg.Client(Object.assign(new URL(url), { pathname: '/postgres' }).href)
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await run(`create database ${copy} template ${old}`)
  return {
    environment: { DATABASE_URL: Object.assign(new URL(url), { pathname: `/${copy}` }).href },
    remove: () => run(`drop database ${copy} with (force)`),
  }
}
