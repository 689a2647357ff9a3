import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { validPlan } from '../../../sandbox/looker/testing/start-looker.ts'
import type { StackOptions } from '../../../sandbox/stack.ts'
import { startStack } from '../../../sandbox/stack.ts'
import { runAdmin } from '../../testing/run-admin.ts'
import { runOutside } from '../../testing/run-outside.ts'

const SECRET = 'heap_data_import_heap_data_import_action_server_token'
const ADDRESS = 'heap_data_import_heap_data_import_action_server_url'
const ADMIN = '1'
const ANALYST = '2'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** An action server that runs, a Looker with nothing in it, and the command line with a key of an admin. */
async function start(options: Partial<StackOptions> = {}, userId = ADMIN) {
  const stack = await startStack({ empty: true, withoutProject: true, ...options })
  cleanups.push(stack.close)
  const directory = await mkdtemp(join(tmpdir(), 'heap-import-set-up-'))
  cleanups.push(() => rm(directory, { recursive: true, force: true }))
  const { instance } = stack.looker
  const key = instance.sessions.keyOf(userId)
  const environment = {
    PUBLIC_URL: stack.server.url,
    LOOKER_TOKEN: stack.token,
    EXTENSION_SECRET: stack.extensionSecret,
    DATA_DIR: directory,
    LOOKERSDK_BASE_URL: stack.lookerUrl,
    LOOKERSDK_CLIENT_ID: key.clientId,
    LOOKERSDK_CLIENT_SECRET: key.clientSecret,
  }
  const admin = (words: string[], change: Record<string, string> = {}) =>
    runOutside({ ...environment, ...change }, words)
  const all = () => ({
    hubs: instance.hubs.all().map(({ url, token }) => ({ url, token })),
    actions: instance.hubs.actions().map(({ id, enabled }) => ({ id, enabled })),
    attributes: instance.attributes.all().filter(({ is_system: isSystem }) => !isSystem),
  })
  return { stack, instance, admin, all, environment, record: join(directory, 'looker-set-up.json') }
}

type Report = {
  planned: { id: string }[]
  done: string[]
  left: { id: string; state: 'to_do' | 'done' }[]
}

async function json(answer: ReturnType<typeof runOutside>): Promise<Report> {
  const { code, stdout, stderr } = await answer
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Report
}

describe('setup, of a Looker with nothing in it', { timeout: 180_000 }, () => {
  test('says what it would do, does it once, says what is left, and is undone', async () => {
    const { stack, instance, admin, all, record, environment } = await start()
    const nothing = all()
    expect(nothing).toEqual({ hubs: [], actions: [], attributes: [] })
    const STEPS = ['create_hub', 'enable_action', 'create_secret', 'create_address']

    const plan = await json(admin(['setup', '--plan', '--json']))
    expect(plan.planned.map(({ id }) => id)).toEqual(STEPS)
    expect(plan.done).toEqual([])
    expect(all()).toEqual(nothing)

    const first = await runAdmin(environment, ['setup'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain('3 things are left for a person')
    expect(first.stdout + (await readFile(record, 'utf8'))).not.toMatch(
      new RegExp(`${stack.token}|${stack.extensionSecret}`),
    )
    expect((await stat(record)).mode & 0o777).toBe(0o600)
    expect(all()).toMatchObject({
      hubs: [{ url: stack.server.url, token: stack.token }],
      actions: [{ id: '7::heap', enabled: true }],
      attributes: [
        {
          name: SECRET,
          default_value: stack.extensionSecret,
          value_is_hidden: true,
          user_can_edit: false,
          hidden_value_domain_whitelist: [`${stack.server.url}/api/token`],
        },
        { name: ADDRESS, default_value: stack.server.url, value_is_hidden: false, user_can_edit: false },
      ],
    })

    const settled = structuredClone(all())
    const second = await json(admin(['setup', '--json']))
    expect(second.planned).toEqual([])
    expect(second.left.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'project to_do',
      'model to_do',
      'deploy to_do',
      // The stand-in's analysts have such a role from the start.
      'roles done',
    ])
    expect(all()).toEqual(settled)

    await stack.looker.installProject()
    const third = await admin(['setup'])
    expect(third.stdout).toContain('Nothing is left for a person')

    expect((await json(admin(['teardown', '--plan', '--json']))).planned).toHaveLength(3)
    expect(all()).toEqual(settled)
    const undone = await admin(['teardown'])
    expect(undone).toMatchObject({ code: 0, stderr: '' })
    expect(all()).toEqual(nothing)
    expect(instance.projects.all()).toHaveLength(1)
    const twice = await admin(['teardown'])
    expect(twice).toMatchObject({ code: 1, stdout: '' })
    expect(twice.stderr).toContain('Nothing is noted')
  })

  test.each(['refused', 'passed_over'] as const)(
    'mends what is wrong, and leaves at teardown what was there before (allow-list %s)',
    async (allowlistEdit) => {
      const { stack, instance, admin, all } = await start({
        unknowns: { allowlistEdit, legalAgreement: 'required', hiddenDefault: 'shown' },
      })
      const hub = await instance.hubs.add(stack.server.url, 'another-token-than-that-of-the-server')
      instance.attributes.define({
        name: SECRET,
        label: 'By hand',
        default_value: 'something',
        value_is_hidden: true,
        hidden_value_domain_whitelist: [`${stack.server.url}/*`],
      })
      const report = await json(admin(['setup', '--json']))
      expect(report.done).toEqual([
        'set_token',
        'accept_agreement',
        'enable_action',
        'replace_secret',
        'create_address',
      ])
      expect(hub).toMatchObject({ token: stack.token, agreement: 'signed' })
      expect(instance.attributes.find(SECRET)).toMatchObject({
        default_value: stack.extensionSecret,
        hidden_value_domain_whitelist: [`${stack.server.url}/api/token`],
      })
      // Only a detail is wrong: it is corrected in its place.
      Object.assign(instance.attributes.find(SECRET)!, { user_can_edit: true })
      Object.assign(instance.attributes.find(ADDRESS)!, { default_value: 'https://old.example.com' })
      expect((await json(admin(['setup', '--json']))).done).toEqual(['change_secret', 'change_address'])
      // A token that was rotated is written, as is a secret.
      const changed = { LOOKER_TOKEN: `${'n'.repeat(40)},${stack.token}` }
      expect((await admin(['setup', '--plan', '--json'], changed)).stdout).toContain('set_token')

      expect((await admin(['teardown'])).code).toBe(0)
      expect(all().hubs).toHaveLength(1)
      expect(all().actions).toMatchObject([{ enabled: false }])
      expect(all().attributes).toEqual([])
    },
  )
})

test('teardown spares what schedules need, unless it is told otherwise', { timeout: 180_000 }, async () => {
  const { stack, admin, all, record } = await start()
  await json(admin(['setup', '--json']))
  const made = await fetch(`${stack.lookerUrl}/api/4.0/scheduled_plans`, {
    method: 'POST',
    headers: { authorization: `token ${ANALYST}`, 'content-type': 'application/json' },
    body: JSON.stringify(validPlan()),
  })
  expect(made.status).toBe(200)
  const settled = structuredClone(all())
  const spared = await admin(['teardown'])
  expect(spared).toMatchObject({ code: 1, stdout: '' })
  expect(spared.stderr).toContain('1 schedule sends to this action')
  expect(all()).toEqual(settled)
  // The note is lost: nothing is guessed without being asked for.
  await rm(record)
  expect((await admin(['teardown', '--force'])).stderr).toContain('Nothing is noted')
  expect(all()).toEqual(settled)
  expect((await admin(['teardown', '--everything', '--force'])).code).toBe(0)
  expect(all()).toEqual({ hubs: [], actions: [], attributes: [] })
})

describe('setup tells', { timeout: 180_000 }, () => {
  test('of a key that is wrong, not an admin, or missing, of a Looker that is away, and of a token that is needed', async () => {
    const { admin, all, stack } = await start()
    const told = async (change: Record<string, string>, words = ['setup']) => {
      const { code, stdout, stderr } = await admin(words, change)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).not.toMatch(new RegExp(`${stack.token}|${stack.extensionSecret}`))
      return stderr
    }
    expect(await told({ LOOKERSDK_CLIENT_SECRET: 'wrong' })).toContain('does not accept the API key')
    expect(await told({ LOOKERSDK_CLIENT_ID: '' })).toContain('client_id missing')
    expect(await told({ LOOKERSDK_BASE_URL: 'http://127.0.0.1:9' })).toContain('does not answer')
    expect(await told({ PUBLIC_URL: '' })).toContain('PUBLIC_URL is not set')
    expect(await told({ LOOKER_TOKEN: '' })).toContain('LOOKER_TOKEN is needed here')
    expect(await told({ LOOKER_TOKEN: 'short' })).toContain('LOOKER_TOKEN is too short')
    const analyst = stack.looker.instance.sessions.keyOf(ANALYST)
    expect(
      await told({ LOOKERSDK_CLIENT_ID: analyst.clientId, LOOKERSDK_CLIENT_SECRET: analyst.clientSecret }),
    ).toContain('Ann Analyst may not manage actions')
    expect(all()).toEqual({ hubs: [], actions: [], attributes: [] })
  })

  test('of a server that Looker does not reach, and goes on when it does', async () => {
    const { admin, all, stack } = await start()
    const away = { PUBLIC_URL: 'http://127.0.0.1:9' }
    const { code, stderr } = await admin(['setup'], away)
    expect(code).toBe(1)
    expect(stderr).toContain('Looker cannot read the listing of http://127.0.0.1:9')
    expect(all().hubs).toHaveLength(1)
    expect((await admin(['teardown'], away)).code).toBe(0)
    expect(all().hubs).toEqual([])
    expect((await admin(['setup'])).code).toBe(0)
    expect(all().actions).toMatchObject([{ enabled: true }])
    const wrong = await admin(['setup'], { LOOKER_TOKEN: 'x'.repeat(40) })
    expect(wrong.code).toBe(1)
    expect(wrong.stderr).toContain("Looker's own test of the action failed")
    expect(stack.looker.instance.hubs.all()).toHaveLength(1)
  })
})
