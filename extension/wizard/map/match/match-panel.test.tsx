// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { writeDraft } from '../../../sync/draft.ts'
import { readParameters } from '../../../sync/settings.ts'
import { aDraft } from '../../../testing/a-draft.ts'
import { anImport } from '../../../testing/an-import.ts'
import type { FakeState } from '../../../testing/fake-looker.ts'
import { aLook, aResult, aState, LIFETIME_VALUE } from '../../../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../../../testing/render-app.tsx'

const HEAP_USERS = aResult(
  [
    { name: 'heap.seen', label: 'Heap Last Seen' },
    { name: 'heap.identity', label: 'Heap Identity' },
  ],
  [['2026-03-01', 'user1@example.com']],
)
const KEYS = Array.from({ length: 60 }, (_, index) => index % 2 === 1)

function open(change: Partial<FakeState> = {}) {
  const draft = aDraft({ look: { id: '1', title: 'Customer lifetime value' } })
  const state = aState({
    looks: [aLook({ id: '1', title: 'Customer lifetime value' }), aLook({ id: '2', title: 'Heap users' })],
    results: { '1': LIFETIME_VALUE, '2': HEAP_USERS },
    stored: new Map([['draft', writeDraft(draft)]]),
    imports: [anImport({ dryRun: true, message: 'Dry run: 60 rows would be imported.' })],
    match: { known: 30, unknown: 30, keys: KEYS },
    ...change,
  })
  openApp(state, '/new/map')
  return state
}

async function unfold() {
  const summary = await screen.findByText('How many of these users does Heap know? (optional)')
  userEvent.click(summary)
}

async function choose(column = 'heap.identity') {
  await unfold()
  await screen.findByRole('option', { name: 'Heap users (Shared)' })
  userEvent.selectOptions(screen.getByLabelText(/Look of the users that Heap knows/), '2')
  userEvent.selectOptions(await screen.findByLabelText(/^Column with/), column)
}

async function compare() {
  const button = await screen.findByRole('button', { name: /^Compare/ })
  await waitFor(() => expect((button as HTMLButtonElement).disabled).toBe(false))
  userEvent.click(button)
}

type Once = {
  look_id: string
  send_all_results: boolean
  scheduled_plan_destination: { parameters: string }[]
}
const oncesOf = (state: FakeState) => bodiesOf(state, 'scheduled_plan_run_once') as Once[]
const paramsOf = (once: Once | undefined) => readParameters(once?.scheduled_plan_destination[0]?.parameters)

test('the keys are compared by two dry runs, and the sample says which', async () => {
  const state = open()
  await choose()
  await compare()
  await screen.findByText('30 of 60 keys are known to Heap; 30 would create users.')
  screen.getByText(/^Not known, for example: "user0@example.com", "user2@example.com"/)
  screen.getByText(/^Known, for example: "user1@example.com"/)
  const onces = oncesOf(state)
  const theirs = onces.find(({ look_id }) => look_id === '2')
  const mine = onces.find(({ look_id }) => look_id === '1')
  expect(theirs).toMatchObject({ send_all_results: true })
  expect(paramsOf(theirs)).toMatchObject({ dry_run: 'yes', heap_field: 'heap.identity', env_id: '11' })
  expect(paramsOf(theirs).sync_id).not.toBe(paramsOf(mine).sync_id)
  const [url, init] = state.calls.find(
    ({ method, args }) => method === 'fetchProxy' && String(args[0]).includes('/match'),
  )!.args as [string, { body: string }]
  expect(url).toContain(`sync=${paramsOf(mine).sync_id}`)
  expect(url).not.toContain('user0')
  expect(JSON.parse(init.body)).toMatchObject({ against: { sync: paramsOf(theirs).sync_id } })
  expect(JSON.parse(init.body).keys).toHaveLength(60)
  await expectAccessible()
})

test('the Look is remembered for the environment', async () => {
  const state = open()
  await choose()
  await waitFor(() =>
    expect(JSON.parse(state.stored.get('known-users-11') ?? '{}')).toEqual({
      id: '2',
      title: 'Heap users',
      column: 'heap.identity',
    }),
  )
})

test('a Look that was remembered needs one click', async () => {
  const stored = new Map([
    ['draft', writeDraft(aDraft({ look: { id: '1', title: 'L' } }))],
    ['known-users-11', JSON.stringify({ id: '2', title: 'Heap users', column: 'heap.identity' })],
    ['known-users-12', JSON.stringify({ id: '1', title: 'Another', column: 'x' })],
  ])
  open({ stored })
  await unfold()
  await compare()
  await screen.findByText(/30 of 60 keys are known to Heap/)
})

test('what is stored in another shape is as nothing', async () => {
  const draft = writeDraft(aDraft({ look: { id: '1', title: 'L' } }))
  open({
    stored: new Map([
      ['draft', draft],
      ['known-users-11', '{"id":7}'],
    ]),
  })
  await unfold()
  await screen.findByRole('option', { name: 'Choose a Look' })
})

test('a Look that did not come in whole is said, and nothing compared', async () => {
  const state = open({
    imports: [anImport({ dryRun: true, success: false, message: 'Looker sent no rows.' })],
  })
  await choose()
  await compare()
  const alert = await screen.findByText(
    /"Heap users" could not be read whole, so nothing is compared: Looker sent no rows/,
  )
  expect(alert.getAttribute('role')).toBe('alert')
  expect(state.calls.some(({ args }) => String(args[0]).includes('/match'))).toBe(false)
})

test('a Look with a key alone cannot be checked, which is said before it is', async () => {
  open({
    results: {
      '1': LIFETIME_VALUE,
      '2': aResult([{ name: 'heap.identity', label: 'Heap Identity' }], [['a']]),
    },
  })
  await choose()
  await screen.findByText(/"Heap users": The Look has no column to import besides the join key/)
  expect((screen.getByRole('button', { name: 'Compare the keys' }) as HTMLButtonElement).disabled).toBe(true)
})

test.each([
  [
    'the delivery',
    { scheduled_plan_run_once: (body: unknown) => ((body as Once).look_id === '2' ? 'No permission' : null) },
    /No permission/,
  ],
  [
    'the columns',
    { run_look: (ask: unknown) => ((ask as Once).look_id === '2' ? 'Broken pipe' : null) },
    /Broken pipe/,
  ],
  [
    'the answer',
    { fetchProxy: (url: unknown) => (String(url).includes('/match') ? 'Failed to fetch' : null) },
    /The action server cannot be reached/,
  ],
])('a failure of %s is explained', async (what, failing, text) => {
  open({ failing })
  await unfold()
  await screen.findByRole('option', { name: 'Heap users (Shared)' })
  userEvent.selectOptions(screen.getByLabelText(/Look of the users that Heap knows/), '2')
  if (what !== 'the columns') {
    userEvent.selectOptions(await screen.findByLabelText(/^Column with/), 'heap.identity')
    await compare()
  }
  const panel = screen.getByText(/How many of these users/).closest('details')!
  expect(await within(panel).findByText(text)).toBeTruthy()
})

test('an answer of another shape is an error', async () => {
  open({ match: {} as never })
  await choose()
  await compare()
  await screen.findByText(/answered something that this page does not know/)
})

test('no other Look is said', async () => {
  open({ looks: [aLook({ id: '1', title: 'Customer lifetime value' })] })
  await unfold()
  await screen.findByText('You may see no other Look.')
})
