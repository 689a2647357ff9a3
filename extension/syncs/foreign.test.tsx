// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { MATCH_BY_WORDS } from '../../shared/settings/match-by.ts'
import { planBody } from '../sync/plan-body.ts'
import { aDraft } from '../testing/a-draft.ts'
import { anImport } from '../testing/an-import.ts'
import type { FakeState } from '../testing/fake-looker.ts'
import { aState } from '../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../testing/render-app.tsx'

const HEAP_OWN = ['env_id', 'property_type', 'heap_field']
const BOTH = [
  { id: '7::heap', label: 'Heap', enabled: true },
  { id: '8::heap', label: 'Heap', enabled: true },
]
const look = { id: '1', title: 'Customer lifetime value' }
const ours = { ...planBody(aDraft({ look }), '7::heap'), id: '41', enabled: true, user_id: '1' }
const parameters = '{"env_id":"11","property_type":"user","heap_field":"Users Email"}'
const heaps = {
  ...ours,
  id: '42',
  name: 'Segments',
  scheduled_plan_destination: [
    { type: 'email', format: 'csv', address: 'ann@example.com' },
    { type: 'looker-integration://8::heap', format: 'json_detail_lite_stream', parameters },
  ],
}
const withBoth = (change: Partial<FakeState> = {}) =>
  aState({ integrations: BOTH, forms: { '8::heap': HEAP_OWN }, plans: [ours, heaps], ...change })
const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('schedules of another action', () => {
  test('are listed apart from syncs', async () => {
    openApp(withBoth(), '/syncs')
    const foreign = await screen.findByRole('table', { name: "Made for Heap's action" })
    expect(within(foreign).getByText('Segments')).toBeTruthy()
    expect(within(foreign).getByText("Heap's own")).toBeTruthy()
    const syncs = screen.getByRole('table', { name: 'Syncs' })
    expect(within(syncs).queryByText('Segments')).toBeNull()
    await expectAccessible()
  })

  test('cannot be taken over when nobody knows the action', async () => {
    openApp(withBoth({ forms: { '8::heap': ['channel'] } }), '/syncs')
    const foreign = await screen.findByRole('table', { name: "Made for Heap's action" })
    expect(within(foreign).getByText('Not known')).toBeTruthy()
    expect(within(foreign).queryByRole('button')).toBeNull()
  })

  test('are checked, then switched, and go on mailing', async () => {
    const state = withBoth({ imports: [anImport({ dryRun: true })] })
    const app = openApp(state, '/syncs/42')
    await click('Take over')
    expect(app.path()).toBe('/syncs/42/take-over/1')
    const button = await screen.findByRole('button', { name: 'Switch to this action' })
    expect(button).toHaveProperty('disabled', true)
    expect(screen.getByText('Match by').nextElementSibling?.textContent).toBe(MATCH_BY_WORDS.heap_setup)
    await expectAccessible()
    await click('Check every row')
    await screen.findByText('60 of 60 rows can be imported')
    const [check] = bodiesOf(state, 'scheduled_plan_run_once') as { scheduled_plan_destination: object[] }[]
    expect(check!.scheduled_plan_destination).toEqual([
      expect.objectContaining({
        type: 'looker-integration://7::heap',
        parameters: expect.stringContaining('"dry_run":"yes"'),
      }),
    ])
    await click('Switch to this action')
    expect(await screen.findByText(/The schedule is taken over/)).toBeTruthy()
    expect(app.path()).toBe('/syncs/42')
    const [mail, switched] = state.plans.find(({ id }) => id === '42')!.scheduled_plan_destination!
    expect(mail).toEqual(heaps.scheduled_plan_destination[0])
    expect(switched!.type).toBe('looker-integration://7::heap')
    expect(JSON.parse(switched!.parameters!)).toMatchObject({
      ...JSON.parse(parameters),
      match_by: 'heap_setup',
      dry_run: 'no',
      sync_id: expect.any(String),
    })
  })
})

describe('where Looker shows own schedules only', () => {
  const MAYBE = /All schedules that Looker shows you are your own/

  test('it may have left out the rest, which is said', async () => {
    openApp(withBoth(), '/syncs')
    expect(await screen.findByText(MAYBE)).toBeTruthy()
  })

  test('and nothing is said where those of others are there', async () => {
    openApp(withBoth({ plans: [ours, { ...ours, id: '43', name: 'Theirs', user_id: '2' }] }), '/syncs')
    await screen.findByRole('link', { name: 'Theirs' })
    expect(screen.queryByText(MAYBE)).toBeNull()
  })

  test('a refusal means own ones, whichever of its statuses it has', async () => {
    const refusal = { message: 'Bad Request', documentation_url: 'https://x/err/4.0/400/get/scheduled_plans' }
    const all_scheduled_plans = (request: unknown) => ('all_users' in (request as object) ? refusal : null)
    openApp(withBoth({ failing: { all_scheduled_plans } }), '/syncs')
    expect(await screen.findByText(/You see your own syncs/)).toBeTruthy()
  })
})

test('a sync whose action cannot be asked is listed and says so', async () => {
  const failing = { fetch_integration_form: { message: 'Bad gateway' } }
  openApp(withBoth({ plans: [ours], failing }), '/syncs')
  expect(await screen.findByText('Action not reached')).toBeTruthy()
  userEvent.click(screen.getByRole('link', { name: 'Customer lifetime value to Heap' }))
  expect((await screen.findByRole('button', { name: 'Run now' })) as HTMLButtonElement).toHaveProperty(
    'disabled',
    true,
  )
  expect(screen.getByText(/Looker gets no form from the action server/)).toBeTruthy()
})

test('a sync whose action is gone says how to mend it', async () => {
  openApp(
    withBoth({
      plans: [{ ...ours, scheduled_plan_destination: [{ type: 'looker-integration://6::heap' }] }],
    }),
    '/syncs/41',
  )
  expect(await screen.findByText(/does not know the action of this schedule any more/)).toBeTruthy()
})

describe('the imports of a sync', () => {
  const sync_id = 'a-sync-of-ours-1234'
  const identified = {
    ...ours,
    scheduled_plan_destination: [
      {
        type: 'looker-integration://7::heap',
        parameters: JSON.stringify({ ...JSON.parse(parameters), sync_id }),
      },
    ],
  }
  const asked = (state: FakeState) =>
    bodiesOf(state, 'fetchProxy')
      .map((url) => String(url).split('/api/')[1] ?? '')
      // Whether both fit each other is asked on every page.
      .filter((call) => !call.startsWith('v1/version'))

  test('are found by its ID, so that Run now is found after a reload', async () => {
    const state = withBoth({ plans: [identified], imports: [anImport()] })
    openApp(state, '/syncs/41')
    await screen.findByText(/^All is well/)
    expect(await screen.findByRole('table', { name: 'Runs' })).toBeTruthy()
    await click('Run now')
    await screen.findByText(/Looker runs the Look now/)
    for (const call of asked(state)) expect(call).toMatch(new RegExp(`^v1/syncs(\\?ids=|/)${sync_id}`))
  })

  test('are found by its plan while it has none', async () => {
    const state = withBoth({ plans: [ours] })
    openApp(state, '/syncs/41')
    await screen.findByText('Nothing has been delivered yet.')
    expect(asked(state)).toContainEqual(expect.stringMatching(/^v1\/syncs\/plan%3A41\/imports\?/))
  })

  test('are due by the schedule that the page tells the server', async () => {
    const state = withBoth({ plans: [identified] })
    openApp(state, '/syncs/41')
    await screen.findByText('Nothing has been delivered yet.')
    await waitFor(() =>
      expect(state.calls.map(({ args }) => args)).toContainEqual([
        expect.stringContaining(`/api/v1/syncs/${sync_id}/schedule?host=`),
        expect.objectContaining({
          method: 'PUT',
          body: '{"crontab":"15 3 * * *","timeZone":"Europe/Berlin"}',
        }),
      ]),
    )
  })
})
