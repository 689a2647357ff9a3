// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../../sync/draft.ts'
import { writeDraft } from '../../sync/draft.ts'
import { planBody } from '../../sync/plan-body.ts'
import { aDraft } from '../../testing/a-draft.ts'
import { anImport } from '../../testing/an-import.ts'
import type { FakeState } from '../../testing/fake-looker.ts'
import { aState } from '../../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../../testing/render-app.tsx'

const SYNC_ID = 'a-sync-id-of-22-letters'
const draftOf = (change: Partial<Draft> = {}) =>
  aDraft({ look: { id: '1', title: 'Customer lifetime value' }, syncId: SYNC_ID, ...change })

async function open(change: Partial<Draft> = {}, looker: Partial<FakeState> = {}) {
  const state = aState({ stored: new Map([['draft', writeDraft(draftOf(change))]]), ...looker })
  const app = openApp(state, '/new/schedule')
  await screen.findByRole('heading', { name: 'What a run does' })
  return { state, app }
}

const region = (name: string) => within(screen.getByRole('region', { name }))
const click = (name: string) => userEvent.click(screen.getByRole('button', { name }))
type Sent = { scheduled_plan_destination: { parameters: string }[]; send_all_results: boolean; name: string }
const paramsOf = (body: unknown) => JSON.parse((body as Sent).scheduled_plan_destination[0]!.parameters)

describe('before anything is sent', () => {
  test('the page says what a run does, and shows one row as Heap gets it', async () => {
    await open({ emptyValue: '(none)' })
    const effects = region('What a run does')
    effects.getByText('Creates or updates up to 60 users in environment 11, overwrites 2 properties.')
    effects.getByText('By all 60 rows that the Look has now.')
    effects.getByText(
      'A key that Heap does not know creates a user in Heap, without an event and without a word.',
    )
    effects.getByText('Overwrites "Users Plan", "Users Lifetime Value".')
    effects.getByText('An empty cell becomes "(none)".')
    const example = region('One row, as Heap will get it')
    example.getByText('POST /api/add_user_properties')
    const json = example.getByRole('region', { name: 'The first row that can be sent' }).textContent
    expect(JSON.parse(json!)).toEqual({
      app_id: '11',
      users: [
        { identity: 'user0@example.com', properties: { 'Users Plan': 'free', 'Users Lifetime Value': 0 } },
      ],
    })
    await expectAccessible()
  })

  test('a time on the full hour is said, with a better one', async () => {
    const { state } = await open({ schedule: { kind: 'daily', time: '03:00' } })
    const better = screen.getByRole('button', { name: /^Use 03:[0-5]\d$/ })
    userEvent.click(better)
    expect(screen.queryByText(/Most schedules run on the hour/)).toBeNull()
    click('Create')
    await screen.findByText(/The sync is set up/)
    expect(bodiesOf(state, 'create_scheduled_plan')[0]).not.toMatchObject({ crontab: '0 3 * * *' })
  })

  test('new and changed rows alone are a choice', async () => {
    const { state } = await open()
    userEvent.click(screen.getByRole('checkbox', { name: 'Send only what is new or has changed' }))
    region('What a run does').getByText(/^Every 10th delivery sends all rows/)
    click('Create')
    await screen.findByText(/The sync is set up/)
    expect(paramsOf(bodiesOf(state, 'create_scheduled_plan')[0])).toMatchObject({ send: 'changed' })
  })
})

describe('Create and run now', () => {
  test('creates the sync and lets Looker run it', async () => {
    const { state, app } = await open()
    click('Create and run now')
    await screen.findByText(/Looker runs the Look now/)
    expect(app.path()).toBe('/syncs/100')
    expect(bodiesOf(state, 'scheduled_plan_run_once_by_id')).toEqual(['100'])
  })

  test('says that it was not run where Looker refuses that', async () => {
    const failing = { scheduled_plan_run_once_by_id: { message: 'Too many requests' } }
    const { state } = await open({}, { failing })
    click('Create and run now')
    await screen.findByText(/Looker did not run it right away/)
    expect(state.plans).toHaveLength(1)
  })

  test('does nothing with a schedule that cannot be', async () => {
    const { state } = await open({ maxRejectedPercent: 'some' })
    click('Create and run now')
    expect((await screen.findByRole('alert')).textContent).toContain('One thing to put right')
    expect(bodiesOf(state, 'create_scheduled_plan')).toEqual([])
  })
})

describe('Send one test row', () => {
  const request = {
    path: '/api/add_user_properties',
    body: '{"app_id":"11","users":[{"identity":"user0@example.com","properties":{}}]}',
  }
  const sendTest = async (test: ReturnType<typeof anImport>['test'], draft: Partial<Draft> = {}) => {
    const { state } = await open(draft, { imports: [anImport({ id: 7 })] })
    click('Send one test row')
    await screen.findByRole('heading', { name: 'One test row' })
    await screen.findByText('Waiting for Looker to deliver the row')
    const delivered = test === null ? 0 : 1
    const counts = { received: 1, delivered, rejected: 0, skipped: 0, superseded: 0, unchanged: 0 }
    state.imports.unshift(anImport({ id: 8, testRows: 1, test, counts }))
    return state
  }

  test('shows the request and what Heap answered', async () => {
    const state = await sendTest({ request, answer: { status: 200, text: '{}' } })
    await screen.findByText('Heap answered 200: {}')
    const shown = screen.getByRole('region', { name: 'The request' }).textContent
    expect(JSON.parse(shown!)).toEqual(JSON.parse(request.body))
    expect(screen.getByText(/under Users for the user/)).toBeTruthy()
    await expectAccessible()
    const [body] = bodiesOf(state, 'scheduled_plan_run_once') as Sent[]
    expect(body).toMatchObject({ name: 'Test: Customer lifetime value to Heap', send_all_results: false })
    expect(paramsOf(body)).toMatchObject({ test_rows: '1', sync_id: SYNC_ID, dry_run: 'no' })
  })

  test('is sent for real and whole by a sync of dry runs and changes', async () => {
    const state = await sendTest(
      { request, answer: { status: 200, text: '' } },
      { dryRun: true, send: 'changed' },
    )
    await screen.findByText('Heap answered 200')
    const params = paramsOf(bodiesOf(state, 'scheduled_plan_run_once')[0])
    expect(params).toMatchObject({ dry_run: 'no' })
    expect(params).not.toHaveProperty('send')
  })

  test.each([
    [{ request, answer: { status: 400, text: 'bad app_id' } }, 'Heap answered 400: bad app_id'],
    [{ request, answer: null }, 'Heap did not answer.'],
    [null, 'No row was sent.'],
  ])('says that it failed: %j', async (test, text) => {
    await sendTest(test)
    expect((await screen.findByText(text)).closest('[role=alert]')).toBeTruthy()
  })
})

describe('a changed sync', () => {
  test('shows before and after', async () => {
    const plan = { ...planBody(draftOf(), '7::heap'), id: '41', enabled: true, user_id: '1' } as never
    const state = aState({ plans: [plan] })
    openApp(state, '/syncs/41/edit/schedule')
    expect(await screen.findByText('Nothing yet. The sync stays as it is.')).toBeTruthy()
    userEvent.click(screen.getByRole('radio', { name: 'Hourly' }))
    const row = (await screen.findByRole('table', { name: 'What changes' })).querySelector('tbody tr')!
    expect(row.textContent).toBe(
      'RunsEvery day at 03:15 (Europe/Berlin)Every hour, at minute 15 (Europe/Berlin)',
    )
    await expectAccessible()
  })
})
