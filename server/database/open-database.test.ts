import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { runServer } from '../../sandbox/server-process.ts'
import { createPgliteDirectory } from '../testing/engines.ts'
import { createProxiedDatabase } from '../testing/proxied-database.ts'
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

describe('a data directory', () => {
  test('that cannot be written is a clear text', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'heap-import-test-'))
    cleanups.push(() => rm(directory, { recursive: true }))
    await writeFile(join(directory, 'file'), '')
    const message = await openFault({ dataDirectory: join(directory, 'file', 'data') })
    expect(message).toMatch(/^DATA_DIR \(.+\) cannot be written: ENOTDIR\. Let the server's user write there/)
  })

  test('belongs to one server: a second one says so, until the first is gone, kill -9 included', {
    timeout: 120_000,
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
