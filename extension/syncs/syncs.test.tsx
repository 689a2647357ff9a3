// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { planBody } from '../sync/plan-body.ts'
import { aDraft } from '../testing/a-draft.ts'
import { aHealth } from '../testing/a-health.ts'
import { aRun } from '../testing/a-run.ts'
import { aState } from '../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../testing/render-app.tsx'

const look = { id: '1', title: 'Customer lifetime value' }
const aPlan = (change = {}) => ({
  ...planBody(aDraft({ look }), '7::heap'),
  id: '41',
  enabled: true,
  user_id: '1',
  user: { display_name: 'Ann Analyst' },
  ...change,
})
const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))
const FORBIDDEN = { message: 'Not found', documentation_url: 'https://x/err/4.0/404/get/scheduled_plans' }

describe('the list', () => {
  test('shows each sync', async () => {
    openApp(aState({ plans: [aPlan(), aPlan({ id: '42', name: 'Other', enabled: false })] }), '/syncs')
    const row = (await screen.findByRole('link', { name: 'Customer lifetime value to Heap' })).closest('tr')!
    expect(await within(row).findByText('Look: Customer lifetime value')).toBeTruthy()
    for (const text of ['Every day at 03:15', '11', 'Ann Analyst', 'No run yet']) {
      expect(within(row).getByText(text)).toBeTruthy()
    }
    expect(screen.getByText('Paused')).toBeTruthy()
    await expectAccessible()
  })

  test('says how each is, those that need somebody first, and is narrowed', async () => {
    const failing = aHealth({
      ref: 'plan:42',
      state: 'failing',
      lastImport: aRun({ success: false, counts: { delivered: 45, rejected: 15 } }),
    })
    const plans = [aPlan({ name: 'A' }), aPlan({ id: '42', name: 'B' }), aPlan({ id: '43', name: 'C' })]
    openApp(aState({ plans, healths: [aHealth({ ref: 'plan:41' }), failing] }), '/syncs')
    await screen.findByText('Failed, 15 rejected')
    const names = () =>
      screen.getAllByRole('rowheader').map((cell) => within(cell).getByRole('link').textContent)
    expect(names()).toEqual(['B', 'A', 'C'])
    expect(screen.getAllByRole('img', { name: 'Last 1 run, the newest well: 1 well' })).toHaveLength(2)
    userEvent.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'attention')
    expect(names()).toEqual(['B'])
    await expectAccessible()
  })

  test('has what was sent once from this browser', async () => {
    const sent = { planId: '77', syncId: 'sent-once-1234567', title: 'Once', at: '2026-03-01T09:00:00Z' }
    const state = aState({
      stored: new Map([['sent-once', JSON.stringify([sent])]]),
      healths: [aHealth({ ref: sent.syncId })],
    })
    const app = openApp(state, '/syncs')
    const table = await screen.findByRole('table', { name: 'Sent once' })
    expect(await within(table).findByText('60 rows')).toBeTruthy()
    userEvent.click(within(table).getByRole('link', { name: 'Once' }))
    expect(app.path()).toBe('/sent/77')
  })

  test('says so when only own syncs can be seen', async () => {
    const forEveryone = (request: unknown) => ('all_users' in (request as object) ? FORBIDDEN : null)
    const state = aState({ plans: [aPlan()], failing: { all_scheduled_plans: forEveryone } })
    openApp(state, '/syncs')
    expect(await screen.findByText(/You see your own syncs/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Customer lifetime value to Heap' })).toBeTruthy()
    expect(bodiesOf(state, 'all_scheduled_plans')).toEqual([{ all_users: true }, {}])
  })
})

describe('a sync', () => {
  test('is paused and resumed', async () => {
    const state = aState({ plans: [aPlan()] })
    openApp(state, '/syncs/41')
    await click('Pause')
    await click('Resume')
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain(
      'If a run came due while the sync was paused, Looker sends it at once',
    )
    userEvent.click(within(dialog).getByRole('button', { name: 'Resume' }))
    await screen.findByRole('button', { name: 'Pause' })
    const changes = state.calls.filter(({ method }) => method === 'update_scheduled_plan')
    expect(changes.map(({ args }) => args)).toEqual([
      ['41', { enabled: false }],
      ['41', { enabled: true }],
    ])
  })

  test('is run now', async () => {
    const state = aState({ plans: [aPlan()] })
    openApp(state, '/syncs/41')
    await click('Run now')
    expect(await screen.findByText(/Looker runs the Look now/)).toBeTruthy()
    expect(bodiesOf(state, 'scheduled_plan_run_once_by_id')).toEqual(['41'])
  })

  test('is deleted after a question', async () => {
    const state = aState({ plans: [aPlan()] })
    const app = openApp(state, '/syncs/41')
    await click('Delete')
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('What Heap already has stays there')
    userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }))
    expect(await screen.findByText('No syncs yet')).toBeTruthy()
    expect(app.path()).toBe('/syncs')
  })

  test('is edited in the wizard, filled', async () => {
    const state = aState({ plans: [aPlan()] })
    openApp(state, '/syncs/41/edit/schedule')
    userEvent.click(await screen.findByRole('radio', { name: 'Hourly' }))
    expect(screen.queryByRole('radio', { name: /Once/ })).toBeNull()
    await click('Save changes')
    expect(await screen.findByText(/The changes are saved/)).toBeTruthy()
    expect(state.plans[0]).toMatchObject({
      id: '41',
      crontab: '15 * * * *',
      name: 'Customer lifetime value to Heap',
    })
    await waitFor(() => expect(state.stored.has('draft-41')).toBe(false))
  })

  test('that the user may not change says so', async () => {
    openApp(aState({ plans: [aPlan()], failing: { update_scheduled_plan: FORBIDDEN } }), '/syncs/41')
    await click('Pause')
    expect((await screen.findByRole('alert')).textContent).toContain('Looker does not let you do this')
  })

  test('of somebody else offers nothing that Looker would refuse, and says why', async () => {
    const other = { user_id: '2', user: { display_name: 'Bob Builder' }, can: { update: false } }
    openApp(aState({ plans: [aPlan(other)] }), '/syncs/41')
    expect(await screen.findByText(/This sync is owned by Bob Builder/)).toBeTruthy()
    for (const name of ['Edit', 'Run now', 'Pause', 'Delete']) {
      expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true)
    }
    await expectAccessible()
  })

  test('of a disabled owner is taken over by who may', async () => {
    const other = { user_id: '2', user: { display_name: 'Bob Builder' }, can: { update: true } }
    const state = aState({ plans: [aPlan(other)], disabledUsers: ['2'] })
    openApp(state, '/syncs/41')
    expect((await screen.findByRole('alert')).textContent).toContain('Bob Builder is disabled in Looker')
    await click('Make it mine')
    await waitFor(() => expect(state.plans[0]).toMatchObject({ user_id: '1', enabled: true }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  test('of a disabled owner says who can take it over', async () => {
    const other = { user_id: '2', user: { display_name: 'Bob Builder' }, can: { update: false } }
    openApp(aState({ plans: [aPlan(other)], disabledUsers: ['2'] }), '/syncs/41')
    expect((await screen.findByRole('alert')).textContent).toContain('A Looker admin can open this page')
    expect(screen.queryByRole('button', { name: 'Make it mine' })).toBeNull()
  })

  test('with settings that cannot work says so', async () => {
    const broken = [{ type: 'looker-integration://7::heap', parameters: '{"env_id":"x"}' }]
    openApp(aState({ plans: [aPlan({ scheduled_plan_destination: broken })] }), '/syncs/41')
    expect(await screen.findByText(/deliveries fail. Edit the sync/)).toBeTruthy()
  })

  const theThree = { env_id: '11', property_type: 'user', heap_field: 'users.email' }
  const planOf = (params: object) =>
    aPlan({
      scheduled_plan_destination: [
        { type: 'looker-integration://7::heap', parameters: JSON.stringify(params) },
      ],
    })
  const HEAP_SET_UP = "The user property chosen in Heap's set-up of Looker Data Import"

  test.each([
    [{ ...theThree, match_by: 'identity' }, 'Heap identity'],
    [{ ...theThree, match_by: 'heap_setup' }, HEAP_SET_UP],
    // Made for Heap's own action.
    [theThree, HEAP_SET_UP],
    [{ ...theThree, property_type: 'account' }, 'Heap account ID'],
  ])('says what %j matches by', async (params, words) => {
    openApp(aState({ plans: [planOf(params)] }), '/syncs/41')
    expect((await screen.findByText('Match by')).closest('div')?.parentElement?.textContent).toContain(words)
  })

  test('of the first release, by a property, says what to do and is mended in the wizard', async () => {
    const params = { ...theThree, join_property: 'crm', property_names: '{"exclude":["users.plan"]}' }
    const state = aState({ plans: [planOf(params)] })
    openApp(state, '/syncs/41')
    expect(await screen.findByText(/parameter join_property, which is no longer supported/)).toBeTruthy()
    await click('Edit')
    const matchBy = await screen.findByRole('combobox', { name: /Match by/ })
    expect(matchBy).toHaveProperty('value', '')
    await click('Next')
    expect((await screen.findAllByText(/Choose what to match by/)).length).toBeGreaterThan(0)
    await expectAccessible()
    userEvent.selectOptions(matchBy, 'heap_setup')
    await click('Next')
    await click('Save changes')
    expect(await screen.findByText(/The changes are saved/)).toBeTruthy()
    const [destination] = state.plans[0]!.scheduled_plan_destination!
    expect(JSON.parse(destination!.parameters!)).toEqual({
      ...theThree,
      match_by: 'heap_setup',
      dry_run: 'no',
      max_rejected_percent: '0',
      property_names: '{"rename":{},"exclude":["users.plan"]}',
      sync_id: expect.stringMatching(/^[A-Za-z0-9_-]{16,64}$/),
    })
  })

  test('is shown without its imports when the server is away', async () => {
    openApp(aState({ plans: [aPlan()], failing: { serverProxy: 'Error: Failed to fetch' } }), '/syncs/41')
    expect(await screen.findByText('Every day at 03:15 (Europe/Berlin)')).toBeTruthy()
    expect((await screen.findByRole('alert')).textContent).toContain('The action server cannot be reached')
  })
})
