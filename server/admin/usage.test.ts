import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import { runAdmin } from '../testing/run-admin.ts'
import { runOutside } from '../testing/run-outside.ts'
import { COMMANDS } from './commands.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** Wrong usage is told before any database is looked for. */
const NOWHERE = { DATA_DIR: join(tmpdir(), 'heap-import-that-is-not-there') }

describe('wrong usage', () => {
  test.each([
    [[], 'Say what to do'],
    [['export'], 'There is no command "export"'],
    [['\u001b[31m'], 'There is no command'],
    [['imports', '42'], 'to see one: `import <number>`'],
    [['imports', '--state', 'gone'], '--state takes running'],
    [['imports', '--limit', '0'], '--limit takes a number'],
    [['imports', '--sync', 'short'], '--sync takes a sync_id'],
    [['imports', '--before', 'x'], '--before takes'],
    [['imports', '--wrong'], 'Usage: npm run admin -- imports'],
    [['import'], 'Say which import'],
    [['import', '4\u001b2'], 'named by its number'],
    [['retry', '1', '2'], 'one import at a time'],
    [['cancel', '99999999999'], 'named by its number'],
    [['release'], 'Say which import'],
    [['discard', '1', '2'], 'one import at a time'],
    [['export-rejected', '1', 'file.csv'], 'written with --csv'],
    [['export-rejected', '1', '--csv', '--json'], 'Choose one'],
    [['export-rejected', '1', '--reason', 'bad'], '--reason takes join_key_duplicate'],
    [['connections', 'turn'], 'There are list, add, rotate, narrow, remove'],
    [['connections', 'add'], 'Say which connection'],
    [['connections', 'add', '../x'], '1 to 63 letters'],
    [['connections', 'add', 'x', '--keep', '1'], '--keep is no option of add'],
    [['connections', 'rotate', 'x', '--kind', 'all'], '--kind takes action'],
    [['connections', 'rotate', 'x', '--keep', '1.5'], 'whole hours'],
    [['connections', 'narrow', 'x'], 'Say what it is narrowed to'],
    [['connections', 'narrow', 'x', '--origins', 'https://a.example/x'], '--origins takes origins'],
    [['forget'], 'Name one join key'],
    [['forget', 'a', 'b'], 'in quotes'],
    [['forget', 'a', '--stdin'], 'Name one join key'],
    [['forget', '--stdin'], 'The join key is empty'],
    [['restored', '42'], 'name nothing'],
    [['alerts'], '`alerts test`'],
    [['alerts', 'test', 'me'], '`alerts test`'],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await runAdmin(NOWHERE, words)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('\u001b')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

test('--help explains the whole and every command, without a database', async () => {
  const whole = await runAdmin(NOWHERE, ['--help'])
  expect(whole).toMatchObject({ code: 0, stderr: '' })
  for (const { name, summary, usage } of COMMANDS) {
    expect(whole.stdout).toContain(name)
    expect(whole.stdout).toContain(summary)
    // In this process: a process for each would take minutes on a busy machine.
    const one = await runOutside(NOWHERE, [name, '--help'])
    expect(one).toMatchObject({ code: 0, stderr: '' })
    expect(one.stdout).toContain(`${name} ${usage}`)
  }
})

test('a database that is not there is not made', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'heap-import-admin-'))
  cleanups.push(() => rm(directory, { recursive: true, force: true }))
  const { code, stderr } = await runAdmin({ DATA_DIR: directory }, ['imports'])
  expect(stderr).toContain(`There is no database in DATA_DIR (${directory})`)
  expect(code).toBe(1)
  expect(await readdir(directory)).toEqual([])
})

test('a PostgreSQL on which no server has run is told from one without imports', async () => {
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const { code, stderr } = await runAdmin(database.environment, ['imports'])
  expect(stderr).toContain('No server has run on this database yet')
  expect(code).toBe(1)
})

test('a PostgreSQL that is away, and a setting that is wrong, are told without the password', async () => {
  const port = await freePort()
  const away = await runAdmin({ DATABASE_URL: `postgres://me:secret-word@127.0.0.1:${port}/none` }, [
    'imports',
  ])
  expect(away.stderr).toContain('cannot be reached')
  const wrong = await runAdmin({ DATABASE_URL: 'mysql://me:secret-word@127.0.0.1/none' }, ['imports'])
  expect(wrong.stderr).toContain('DATABASE_URL')
  for (const { code, stdout, stderr } of [away, wrong]) {
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).not.toContain('secret-word')
  }
})

test('receivers of alerts are tested without a database, and no address is told', async () => {
  const none = await runAdmin({ ...NOWHERE, ALERT_WEBHOOK_URL: '', ALERT_SLACK_URL: '' }, ['alerts', 'test'])
  expect(none.stderr).toContain('No receiver is set')
  const inside = {
    ...NOWHERE,
    ALERT_WEBHOOK_URL: 'https://127.0.0.1/XYZZY',
    ALERT_WEBHOOK_SECRET: Buffer.alloc(32, 7).toString('base64'),
    ALERT_SLACK_URL: 'https://localhost/XYZZY',
  }
  const refused = await runAdmin(inside, ['alerts', 'test', '--json'])
  expect((JSON.parse(refused.stdout) as { results: unknown[] }).results).toEqual([
    expect.objectContaining({ channel: 'webhook', ok: false }),
    expect.objectContaining({ channel: 'slack', ok: false }),
  ])
  expect(refused.stderr).toContain('Not every receiver was reached')
  const wrong = await runAdmin({ ...NOWHERE, ALERT_SLACK_URL: 'XYZZY' }, ['alerts', 'test'])
  expect(wrong.stderr).toContain('ALERT_SLACK_URL must be')
  for (const { code, stdout, stderr } of [none, refused, wrong]) {
    expect(code).toBe(1)
    expect(`${stdout}${stderr}`).not.toContain('XYZZY')
  }
})
