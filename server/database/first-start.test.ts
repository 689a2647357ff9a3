import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, test } from 'vitest'
import { buildApp } from '../app.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import { waitFor } from '../testing/wait-for.ts'

test('a server starts whose queue another one makes at the same moment', async () => {
  const database = await createPostgresDatabase()
  const other = new pg.Client(database.environment.DATABASE_URL)
  await other.connect()
  try {
    await other.query('begin; create schema pgboss')
    const starting = buildApp({
      environment: {
        ...database.environment,
        LOOKER_TOKEN: randomUUID() + randomUUID(),
        PUBLIC_URL: 'http://localhost',
      },
      showToken: () => undefined,
      logger: false,
    })
    starting.catch(() => undefined)
    await waitFor(
      async () => {
        const { rows } = await other.query(
          'select from pg_locks where not granted and pg_blocking_pids(pid) = array[pg_backend_pid()]',
        )
        return rows.length > 0
      },
      'the server to come upon the schema',
      40_000,
    )
    await other.query('commit')
    const app = await starting
    expect(await app.isDatabaseReady()).toBe(true)
    await app.close()
  } finally {
    await other.end()
    await database.remove()
  }
})
