// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { writeDraft } from '../sync/draft.ts'
import { planBody } from '../sync/plan-body.ts'
import { aDraft } from '../testing/a-draft.ts'
import type { FakeState } from '../testing/fake-looker.ts'
import { aState } from '../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../testing/render-app.tsx'

const HEAP_OWN = ['env_id', 'property_type', 'heap_field']
const look = { id: '1', title: 'Customer lifetime value' }
const draft = aDraft({ look })
const aDraftState = (change: Partial<FakeState> = {}) =>
  aState({ stored: new Map([['draft', writeDraft(draft)]]), ...change })
const button = (name: string) => screen.findByRole('button', { name })
const click = async (name: string) => userEvent.click(await button(name))

describe('the check of every row', () => {
  test("reaches no other action, though Heap's own comes first and is called the same", async () => {
    const state = aDraftState({
      integrations: [
        { id: '5::heap', label: 'Heap', enabled: true },
        { id: '7::heap', label: 'Heap', enabled: true },
      ],
      forms: { '5::heap': HEAP_OWN },
    })
    openApp(state, '/new/map')
    await screen.findByText(/Checking every row: Looker runs the Look/)
    expect(bodiesOf(state, 'scheduled_plan_run_once')).toMatchObject([
      { scheduled_plan_destination: [{ type: 'looker-integration://7::heap' }] },
    ])
  })

  test.each([
    ["has become Heap's own", { forms: { '7::heap': HEAP_OWN } }, /This is Heap's own action/],
    ['is another one', { forms: { '7::heap': ['channel'] } }, /an action that the extension does not know/],
    ['answers no form', { failing: { fetch_integration_form: { message: 'x' } } }, /Looker gets no form/],
    ['answers an empty form', { forms: { '7::heap': [] } }, /Looker gets no form/],
  ])('sends nothing when the action %s meanwhile', async (_what, change, text) => {
    const state = aDraftState()
    openApp(state, '/new/map')
    await waitFor(() => expect(bodiesOf(state, 'scheduled_plan_run_once')).toHaveLength(1))
    Object.assign(state, change)
    // Another key is checked by itself.
    userEvent.click(screen.getByRole('radio', { name: 'Join key: Users Lifetime Value' }))
    await click('see why')
    expect(await screen.findByText(text)).toBeTruthy()
    expect(bodiesOf(state, 'scheduled_plan_run_once')).toHaveLength(1)
  })
})

test.each([
  ["Heap's own action", { '7::heap': HEAP_OWN }, /Looker knows Heap's own action/],
  ['an older server', { '7::heap': [...HEAP_OWN, 'dry_run', 'property_names'] }, /older than this extension/],
])('the wizard does not begin with %s only', async (_what, forms, text) => {
  openApp(aDraftState({ forms }), '/new/map')
  expect(await screen.findByText(text)).toBeTruthy()
})

test('the sample is of production', async () => {
  const state = aDraftState()
  openApp(state, '/new/map')
  await screen.findByRole('radio', { name: 'Join key: Users Email' })
  expect(bodiesOf(state, 'run_look')).toMatchObject([{ force_production: true }])
})

describe('a sync beside a destination with secrets', () => {
  const S3 = { type: 's3', format: 'csv', address: 's3://bucket/', parameters: '{}' }
  const plan = () => {
    const body = planBody(draft, '7::heap')
    const [heap] = body.scheduled_plan_destination ?? []
    return { ...body, id: '41', enabled: true, user_id: '1', scheduled_plan_destination: [S3, heap!] }
  }
  const environment = async (id: string) => {
    const field = await screen.findByLabelText('Heap environment ID')
    userEvent.clear(field)
    userEvent.type(field, id)
    await click('Next')
  }

  test('is renamed without writing its destinations', async () => {
    const state = aState({ plans: [plan()] })
    openApp(state, '/syncs/41/edit/schedule')
    userEvent.type(await screen.findByLabelText('Name of the sync'), ' now')
    await click('Save changes')
    await screen.findByText(/The changes are saved/)
    const [, change] = state.calls.find(({ method }) => method === 'update_scheduled_plan')!.args
    expect(change).toMatchObject({ name: 'Customer lifetime value to Heap now' })
    expect(change).not.toHaveProperty('scheduled_plan_destination')
  })

  test('gets a second schedule for other settings', async () => {
    const state = aState({ plans: [plan()] })
    openApp(state, '/syncs/41/edit/map')
    await environment('12')
    expect(await screen.findByText(/also sends to Amazon S3/)).toBeTruthy()
    await expectAccessible()
    await click('Save changes')
    expect(await screen.findByText(/This second schedule is set up/)).toBeTruthy()
    expect(bodiesOf(state, 'update_scheduled_plan')).toEqual([])
    const [second] = bodiesOf(state, 'create_scheduled_plan') as {
      scheduled_plan_destination: { type: string; parameters: string }[]
    }[]
    expect(second!.scheduled_plan_destination).toHaveLength(1)
    expect(JSON.parse(second!.scheduled_plan_destination[0]!.parameters)).toMatchObject({
      env_id: '12',
      sync_id: expect.any(String),
    })
  })

  test('or leaves its settings', async () => {
    const state = aState({ plans: [plan()] })
    openApp(state, '/syncs/41/edit/map')
    await environment('12')
    userEvent.click(await screen.findByRole('radio', { name: /Leave the settings/ }))
    await click('Save changes')
    await screen.findByText(/The changes are saved/)
    expect(state.plans.filter((one) => !one.run_once)).toHaveLength(1)
    expect(state.plans[0]!.scheduled_plan_destination).toEqual(plan().scheduled_plan_destination)
  })
})

describe('a datagroup', () => {
  const datagroups = (change = {}) => ({
    ...planBody(draft, '7::heap'),
    id: '41',
    enabled: true,
    user_id: '1',
    crontab: null as never,
    ...change,
  })

  test('is offered of the model of the Look, and named with it', async () => {
    const state = aDraftState()
    openApp(state, '/new/schedule')
    userEvent.click(await screen.findByRole('radio', { name: /When data changes/ }))
    const select = await screen.findByLabelText(/Datagroup/)
    expect(select.textContent).toBe('Choose a datagroupnightly_etl')
    userEvent.selectOptions(select, 'nightly_etl')
    expect((await screen.findAllByText(/nightly_etl of the model shop/)).length).toBeGreaterThan(0)
    await click('Create')
    await screen.findByText(/The sync is set up/)
    expect(bodiesOf(state, 'create_scheduled_plan')).toMatchObject([{ datagroup: 'shop::nightly_etl' }])
  })

  test('without its model, of an older version, gets it when the sync is edited', async () => {
    const state = aState({ plans: [datagroups({ datagroup: 'nightly_etl' })] })
    openApp(state, '/syncs/41/edit/schedule')
    await click('Save changes')
    await screen.findByText(/The changes are saved/)
    expect(state.plans[0]).toMatchObject({ datagroup: 'shop::nightly_etl' })
  })

  test('of another model stays, and says so', async () => {
    openApp(aState({ plans: [datagroups({ datagroup: 'other::nightly_etl' })] }), '/syncs/41/edit/schedule')
    const select = (await screen.findByLabelText(/Datagroup/)) as HTMLSelectElement
    expect(select.value).toBe('other::nightly_etl')
    expect(select.selectedOptions[0]!.textContent).toBe('nightly_etl of the model other')
  })
})

test.each([
  { message: 'Not found', documentation_url: 'https://x/err/4.0/404/post/scheduled_plans' },
  { message: 'Bad Request', documentation_url: 'https://x/err/4.0/400/post/scheduled_plans' },
])('a user without the permission is told, whether Looker says $message', async (refusal) => {
  openApp(aDraftState({ failing: { create_scheduled_plan: refusal } }), '/new/schedule')
  await click('Create')
  expect(await screen.findByText(/permission send_to_integration/)).toBeTruthy()
})
