import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAdmin } from '../../server/testing/run-admin.ts'
import { ANALYST, validPlan } from '../looker/testing/start-looker.ts'
import type { Stack } from '../stack.ts'
import { PATIENT, useStack } from '../testing/use-stack.ts'

// A Looker with no hub, no user attribute and no project, to a row in Heap: once by the command line, once by the
// set-up page. The project is the one that `npm run build` puts together.

const PROJECT = join(import.meta.dirname, '../../dist/heap-data-import/manifest.lkml')
const SET_UP = '/extensions/heap_data_import::heap_data_import_set_up'
const SECRET = 'heap_data_import_heap_data_import_action_server_token'
const MOST_THINGS = 4

beforeAll(() => {
  if (!existsSync(PROJECT)) throw new Error('Run npm run build first: the project is not built.')
})

/** An analyst sends a Look of accounts, and what is in Heap then. */
async function deliver({ lookerUrl, looker, heap }: Stack): Promise<void> {
  expect(heap.accounts('11').size).toBe(0)
  const [action] = looker.instance.hubs.actions()
  const plan = validPlan()
  const [destination] = plan.scheduled_plan_destination as Record<string, unknown>[]
  const sent = await fetch(`${lookerUrl}/api/4.0/scheduled_plans/run_once`, {
    method: 'POST',
    headers: { authorization: `token ${ANALYST}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...plan,
      scheduled_plan_destination: [{ ...destination, type: `looker-integration://${action?.id}` }],
    }),
  })
  expect(await sent.text()).toContain('"id"')
  await expect.poll(() => heap.accounts('11').size, PATIENT).toBeGreaterThan(0)
}

describe('by the command line', () => {
  const running = useStack({ empty: true, withoutProject: true, manifest: PROJECT })
  let directory = ''

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'heap-import-set-up-'))
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  async function admin(...words: string[]) {
    const { stack } = running
    const key = stack.looker.instance.sessions.keyOf('1')
    return runAdmin(
      {
        PUBLIC_URL: stack.server.url,
        LOOKER_TOKEN: stack.token,
        EXTENSION_SECRET: stack.extensionSecret,
        DATA_DIR: directory,
        LOOKERSDK_BASE_URL: stack.lookerUrl,
        LOOKERSDK_CLIENT_ID: key.clientId,
        LOOKERSDK_CLIENT_SECRET: key.clientSecret,
      },
      words,
    )
  }

  it('an empty Looker comes to a row in Heap, with at most 4 things for a person', async () => {
    const { stack, looker } = running
    const { instance } = stack.looker
    expect(instance.hubs.all()).toEqual([])
    expect(instance.projects.all()).toEqual([])
    expect(instance.attributes.all().every(({ is_system: isSystem }) => isSystem)).toBe(true)
    expect((await fetch(`${stack.lookerUrl}/extensions/heap_data_import::heap_data_import`)).status).toBe(404)

    const first = await admin('setup')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const told = /(\d) things? (?:is|are) left for a person/.exec(first.stdout)?.[1]
    expect(Number(told)).toBeGreaterThan(0)
    expect(Number(told)).toBeLessThanOrEqual(MOST_THINGS)

    await stack.looker.installProject()
    const second = await admin('setup')
    expect(second.stdout).toContain('Nothing is left for a person')

    await looker.open('/setup')
    await expect.poll(() => looker.app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
    await deliver(stack)

    const doctor = await admin('doctor', '--json')
    const { checks } = JSON.parse(doctor.stdout) as { checks: { id: string; state: string; found: string }[] }
    const of = (id: string) => checks.find((check) => check.id === id)
    // The extension was opened, so that the server knows its version; and that of both is the same.
    expect(of('versions')).toMatchObject({ state: 'fine' })
    for (const id of [
      'hub',
      'reach',
      'hub_token',
      'action',
      'secret_attribute',
      'address_attribute',
      'project',
    ]) {
      expect(of(id)).toMatchObject({ id, state: 'fine' })
    }
  })
})

describe('by the set-up page', () => {
  const running = useStack({
    empty: true,
    withoutProject: true,
    manifest: PROJECT,
    unknowns: { allowlistEdit: 'passed_over', legalAgreement: 'required' },
  })

  const state = (title: string, text: string) =>
    expect
      .poll(
        () => running.looker.app.getByRole('heading', { name: `${title} ${text}`, exact: true }).count(),
        PATIENT,
      )
      .toBe(1)

  it('an admin brings an empty Looker to a row in Heap', async () => {
    const { stack, looker } = running
    const { app, page } = looker
    await stack.looker.installProject()
    await looker.become('Ada Admin')
    await looker.open('', SET_UP)
    await looker.heading('Set up Heap Data Import')
    await state('Action hub', 'To do')
    await state('Secret of the extension', 'To do')
    await state('LookML project', 'OK')
    await looker.expectAccessible()
    await looker.picture('set-up-empty')

    // What the server does not take is not written.
    await app.getByLabel('Authorization token').fill(stack.token)
    await app.getByLabel('Secret of the extension').fill(stack.token)
    await looker.button('Set everything up').click()
    await app.getByText('This secret of the extension is not the action server').waitFor()
    expect(stack.looker.instance.hubs.all()).toEqual([])

    await app.getByLabel('Secret of the extension').fill(stack.extensionSecret)
    await looker.button('Set everything up').click()
    await app.getByText('Everything is set up. Nothing is left for a person.').waitFor()
    await looker.expectAccessible()
    await looker.expectNoSidewaysScroll()
    await looker.picture('set-up-done')

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await looker.button('Copy all that an admin needs').click()
    await looker.button('Copied').waitFor()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toContain(`Action hub: ${stack.server.url}`)
    expect(copied).toContain(SECRET)
    expect(copied).not.toContain(stack.token)
    expect(copied).not.toContain(stack.extensionSecret)

    await looker.become('Ann Analyst')
    await looker.open('/setup')
    await expect.poll(() => app.getByText('OK', { exact: true }).count(), PATIENT).toBe(4)
    await deliver(stack)
  })

  it('tells a wrong token, a missing attribute and a wrong allowlist apart, and mends each', async () => {
    const { stack, looker } = running
    const { app } = looker
    const { attributes, hubs } = stack.looker.instance
    const [hub] = hubs.all()
    if (hub) hub.token = 'another-token-than-that-of-the-server'
    await looker.become('Ada Admin')
    await looker.open('', SET_UP)
    await state('Authorization token', 'To do')
    await app.getByText("Looker's own test of the action fails").waitFor()
    await state('Secret of the extension', 'OK')
    await looker.picture('set-up-wrong-token')
    expect(await looker.button('Write token').isDisabled()).toBe(true)
    await app.getByLabel('Authorization token').fill(stack.token)
    await looker.button('Write token').click()
    await state('Authorization token', 'OK')
    expect(hub?.token).toBe(stack.token)

    const found = attributes.find(SECRET)
    if (found) found.hidden_value_domain_whitelist = ['https://elsewhere.example.com/*']
    await looker.button('Check again').click()
    await app.getByText('its domain allowlist is wrong').waitFor()
    await app.getByLabel('Secret of the extension').fill(stack.extensionSecret)
    await looker.button('Create anew').click()
    await state('Secret of the extension', 'OK')
    expect(attributes.find(SECRET)?.hidden_value_domain_whitelist).toEqual([`${stack.server.url}/api/token`])

    attributes.remove(SECRET)
    await looker.button('Check again').click()
    await app.getByText(`There is no user attribute ${SECRET}.`).waitFor()
    await looker.button('Create attribute').click()
    await state('Secret of the extension', 'OK')
    expect(attributes.find(SECRET)?.default_value).toBe(stack.extensionSecret)
  })

  it('an analyst is told that it takes an admin', async () => {
    const { looker } = running
    await looker.become('Ann Analyst')
    await looker.open('', SET_UP)
    await looker.app.getByText('Ann Analyst may not manage actions in Looker').waitFor()
    expect(await looker.app.getByText('Action hub', { exact: true }).count()).toBe(0)
  })
})
