import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { startPostgresServer } from '../../server/testing/postgres-server.ts'

export type Engine = 'PGlite' | 'PostgreSQL'

export const ENGINES: readonly Engine[] = ['PGlite', 'PostgreSQL']

/** A fresh database of one engine: the environment variables that select it. */
export type BenchDatabase = { environment: Record<string, string>; remove: () => Promise<void> }

export type Databases = ReturnType<typeof openDatabases>

/** Makes fresh databases: for PGlite the server makes its own, PostgreSQL is one server that starts when needed. */
export function openDatabases() {
  let starting: ReturnType<typeof startPostgresServer> | undefined

  return {
    async create(engine: Engine): Promise<BenchDatabase> {
      if (engine === 'PGlite') return { environment: {}, remove: async () => undefined }
      starting ??= startPostgresServer({ isDurable: true })
      const { url } = await starting
      const name = `bench_${randomUUID().replaceAll('-', '')}`
      await runOn(`${url}/postgres`, `create database ${name}`)
      return {
        environment: { DATABASE_URL: `${url}/${name}` },
        remove: () => runOn(`${url}/postgres`, `drop database ${name} with (force)`),
      }
    },
    async close(): Promise<void> {
      await (await starting)?.stop()
    },
  }
}

async function runOn(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(sql)
  await client.end()
}
