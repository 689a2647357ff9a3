import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { createPgliteDirectory } from './testing/engines.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'error', ...environment },
  })
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const ended = once(child, 'exit').then(([code]) => ({ code, text }))
  cleanups.push(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended }
}

test('a port that is taken ends the start with a message', async () => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  cleanups.push(async () => other.close())
  const database = await createPgliteDirectory()
  cleanups.push(database.remove)
  const { code, text } = await run({ ...database.environment, PORT: String(port) }).ended
  expect(text).toContain(
    `The server could not start: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
  )
  expect(code).toBe(1)
}, 120_000)

test('SIGTERM also ends a start that waits for its database', async () => {
  const port = await freePort()
  const { child, ended } = run({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none` })
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0 })
}, 120_000)
