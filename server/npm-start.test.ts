import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import type { TestDatabase } from './testing/engines.ts'
import { createPgliteDirectory } from './testing/engines.ts'
import { waitFor } from './testing/wait-for.ts'

const ROOT = join(import.meta.dirname, '..')

let database: TestDatabase | undefined
let group: number | undefined
afterEach(async () => {
  // All that npm has started, also what outlives it.
  if (group !== undefined) {
    try {
      process.kill(-group, 'SIGKILL')
    } catch {
      // They have ended.
    }
  }
  await database?.remove()
})

test('npm start passes SIGTERM on, and ends when the server has', { timeout: 240_000 }, async () => {
  database = await createPgliteDirectory()
  const port = await freePort()
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...database.environment,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
    },
  })
  group = npm.pid
  let text = ''
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (piece) => (text += piece))
  const ended = once(npm, 'exit')
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await waitFor(answers, 'the start', 200_000)
  npm.kill('SIGTERM')
  const [code] = await ended
  expect({ code, text }).toMatchObject({ code: 0 })
  expect(await answers()).toBe(false)
  // Nothing of the group is left, so that the next start finds the data directory free.
  expect(() => process.kill(-(group ?? 0), 0)).toThrow(/ESRCH/)
})
