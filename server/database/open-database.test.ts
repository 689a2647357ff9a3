import { randomUUID } from 'node:crypto'
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { runServer } from '../../sandbox/server-process.ts'
import { buildApp } from '../app.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { createProxiedDatabase } from '../testing/proxied-database.ts'
import { openTlsDoor, PRIVATE_AUTHORITY } from '../testing/tls-door.ts'
import { describeEmbeddedFault, EMBEDDED_VERSION } from './engine/embedded-faults.ts'
import { openDatabase } from './open-database.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const SECRET = 'hunter2-secret'

async function openFault(options: { url?: string; dataDirectory?: string; startMs?: number }) {
  const opened = openDatabase({
    url: options.url,
    dataDirectory: options.dataDirectory ?? '',
    onError: () => undefined,
    timing: options.startMs === undefined ? {} : { startMs: options.startMs },
  })
  const error = await opened.then(
    async (database) => {
      await database.close()
      throw new Error('it opened')
    },
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  return (error as Error).message
}

describe('a PostgreSQL', () => {
  test('that is not there at the start is waited for', async () => {
    const { environment, proxy, remove } = await createProxiedDatabase()
    cleanups.push(remove)
    await proxy.refuse()
    const waits: string[] = []
    const opening = openDatabase({
      url: environment.DATABASE_URL,
      dataDirectory: '',
      onError: () => undefined,
      onWait: ({ message }) => waits.push(message),
    })
    await sleep(1_000)
    await proxy.open()
    const database = await opening
    cleanups.push(database.close)
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
    expect(waits[0]).toMatch(/at 127\.0\.0\.1:\d+, which cannot be reached \(ECONNREFUSED\)/)
  })

  test('that does not come is a clear text', async () => {
    const port = await freePort()
    const url = `postgres://someone:${SECRET}@127.0.0.1:${port}/heap`
    const message = await openFault({ url, startMs: 500 })
    expect(message).toBe(
      `DATABASE_URL names a PostgreSQL at 127.0.0.1:${port}, which cannot be reached (ECONNREFUSED). Start it, or correct DATABASE_URL.`,
    )
  })

  test.each([
    ['a wrong password', (url: URL) => Object.assign(url, { password: SECRET }), 'refuses the user name'],
    ['a wrong user', (url: URL) => Object.assign(url, { username: 'nobody', password: SECRET }), 'refuses'],
    [
      'a database that does not exist',
      (url: URL) => Object.assign(url, { pathname: '/no%20such' }),
      'has no database "no such"',
    ],
  ])('with %s fails at once', async (_, change, text) => {
    const { directUrl, remove } = await createProxiedDatabase()
    cleanups.push(remove)
    const message = await openFault({ url: change(new URL(directUrl)).href })
    expect(message).toContain(text)
    expect(message).not.toContain(SECRET)
    expect(message).not.toContain('postgres:postgres')
  })

  test('whose URL is not one is a clear text without its password', async () => {
    const message = await openFault({ url: `postgres://someone:${SECRET}@/[/x:y` })
    expect(message).toContain('DATABASE_URL is not a valid URL')
    expect(message).not.toContain(SECRET)
  })
})

describe('a PostgreSQL', () => {
  test.each([
    ['a schema to make tables in', 'public', 'create schema "poor" authorization "poor"'],
    ['the right to make the schema of the queue', 'pgboss', 'grant create on database'],
  ])('whose user has not %s is a clear text, and what it says mends it', async (_, missing, remedy) => {
    const { directUrl, remove } = await createProxiedDatabase()
    cleanups.push(remove)
    const admin = new pg.Client(directUrl)
    await admin.connect()
    cleanups.push(() => admin.end())
    const name = new URL(directUrl).pathname.slice(1)
    const user = `poor_${randomUUID().slice(0, 8)}`
    await admin.query(`create role ${user} login password 'poor'`)
    cleanups.push(() => admin.query(`drop owned by ${user} cascade; drop role ${user}`))
    if (missing === 'pgboss') await admin.query(`create schema ${user} authorization ${user}`)
    const url = Object.assign(new URL(directUrl), { username: user, password: 'poor' }).href
    const start = async () => {
      const app = await buildApp({
        environment: { DATABASE_URL: url, LOOKER_TOKEN: randomUUID(), PUBLIC_URL: 'http://localhost' },
        showToken: () => undefined,
        logger: false,
      })
      await app.close()
    }
    const message = await start().then(
      () => 'it started',
      (error: Error) => error.message,
    )
    expect(message).toContain(`whose user may not create what the server needs (permission denied for`)
    expect(message).toContain(missing === 'public' ? 'schema public' : `database ${name}`)
    const script = message.slice(message.indexOf(': create schema') + 2)
    expect(script).toContain(remedy.replaceAll('poor', user))
    expect(script).toContain(`grant create on database "${name}" to "${user}"`)
    await admin.query(script.replace('create schema', 'create schema if not exists'))
    await start()
    // Without a word of ours in the search path: PostgreSQL looks into the schema of the user's name first.
    const { rows } = await admin.query("select schemaname from pg_tables where tablename = 'imports'")
    expect(rows).toEqual([{ schemaname: user }])
  })

  test('with a certificate of a private authority is a clear text until that is named', async () => {
    const { directUrl, remove } = await createProxiedDatabase()
    cleanups.push(remove)
    const door = await openTlsDoor(Number(new URL(directUrl).port))
    cleanups.push(door.close)
    const url = Object.assign(new URL(directUrl), { port: String(door.port) })
    url.searchParams.set('sslmode', 'verify-full')
    const message = await openFault({ url: url.href })
    expect(message).toMatch(/whose certificate is not trusted \([A-Z_]+\)\. .+sslrootcert/)
    url.searchParams.set('sslrootcert', `${PRIVATE_AUTHORITY}.missing`)
    expect(await openFault({ url: url.href })).toMatch(/^A file that DATABASE_URL names .+ ENOENT/)
    url.searchParams.set('sslrootcert', PRIVATE_AUTHORITY)
    const database = await openDatabase({ url: url.href, dataDirectory: '', onError: () => undefined })
    cleanups.push(database.close)
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('that does not speak TLS, when it should, is a clear text', async () => {
    const { directUrl, remove } = await createProxiedDatabase()
    cleanups.push(remove)
    expect(await openFault({ url: `${directUrl}?sslmode=verify-full` })).toContain('which does not speak TLS')
  })

  test.each(['postgres://someone:%zz-hunter2-secret@host/heap', 'postgres://someone:hunter2-secret@host/%'])(
    'whose URL nobody could decode is a clear text: %s',
    async (url) => {
      const message = await openFault({ url })
      expect(message).toContain('DATABASE_URL is not a valid URL')
      expect(message).not.toContain(SECRET)
    },
  )
})

describe('a data directory', () => {
  test('that is of another version, another user or damaged says so, and is left as it is', async () => {
    const { environment, remove } = await createPgliteDirectory()
    cleanups.push(remove)
    const dataDirectory = environment.DATA_DIR ?? ''
    const files = join(dataDirectory, 'database')
    const version = join(files, 'PG_VERSION')
    const fault = () => openFault({ dataDirectory })
    await mkdir(files, { recursive: true })
    await writeFile(join(files, 'something'), '')
    expect(await fault()).toContain('is not an embedded database: it has files, but no PG_VERSION')
    await rm(join(files, 'something'))
    // A start that was killed while it made the database has left a part of it.
    await mkdir(`${files}.new`)
    await writeFile(join(`${files}.new`, 'PG_VERSION'), '')

    await (await openDatabase({ url: undefined, dataDirectory, onError: () => undefined })).close()
    expect((await readFile(version, 'utf8')).trim()).toBe(EMBEDDED_VERSION)
    await writeFile(version, '15\n')
    expect(await fault()).toMatch(/is of PostgreSQL 15, and this server brings 18\. .+upgrade\.md/)
    await writeFile(version, `${EMBEDDED_VERSION}\n`)
    if (userInfo().uid === 0) {
      await chown(version, 4_711, 4_711)
      expect(await fault()).toMatch(/belongs to user 4711, and this process writes as user 0\. .+chown/)
      await chown(version, 0, 0)
    }
    const control = join(files, 'global/pg_control')
    const good = await readFile(control)
    await writeFile(control, Buffer.alloc(good.length))
    expect(await fault()).toMatch(/could not be opened, so it seems to be damaged \(.+\)\. .+backup\.md/)
    expect(await describeEmbeddedFault(new Error('no'), '/proc')).toMatchObject({
      message: expect.stringMatching(/its disk is full \(0 MB free\)\. Free some room/),
    })
    await writeFile(control, good)
    const database = await openDatabase({ url: undefined, dataDirectory, onError: () => undefined })
    cleanups.push(database.close)
    expect(await database.query('select count(*)::int as count from imports')).toEqual([{ count: 0 }])
  })

  test('that cannot be written is a clear text', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'heap-import-test-'))
    cleanups.push(() => rm(directory, { recursive: true }))
    await writeFile(join(directory, 'file'), '')
    const message = await openFault({ dataDirectory: join(directory, 'file', 'data') })
    expect(message).toMatch(/^DATA_DIR \(.+\) cannot be written: ENOTDIR\. Let the server's user write there/)
  })

  test('belongs to one server: a second one says so, until the first is gone, kill -9 included', {
    timeout: 300_000,
  }, async () => {
    const database = await createPgliteDirectory()
    cleanups.push(database.remove)
    const start = async () => runServer(await freePort(), database.environment)
    const first = await start()
    cleanups.push(() => first.end('SIGKILL'))
    await expect(start()).rejects.toThrow(/DATA_DIR \(.+\) is in use by another action server/)
    expect(first.isRunning()).toBe(true)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    await first.end('SIGKILL')
    const third = await start()
    cleanups.push(() => third.end('SIGKILL'))
    expect(await third.end('SIGTERM')).toBe(0)
  })
})
