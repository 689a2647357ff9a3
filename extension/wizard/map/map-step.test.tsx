// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../../sync/draft.ts'
import { emptyDraft, writeDraft } from '../../sync/draft.ts'
import { planBody } from '../../sync/plan-body.ts'
import { aDraft } from '../../testing/a-draft.ts'
import { anImport } from '../../testing/an-import.ts'
import type { FakeState } from '../../testing/fake-looker.ts'
import { aResult, aState } from '../../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../../testing/render-app.tsx'

const LOOK = { id: '1', title: 'L' }
const TIERS = aResult(
  [
    { name: 'users.email', label: 'Users Email', tags: ['email'] },
    { name: 'users.tier', label: 'Users LTV Tier' },
    { name: 'users.income', label: 'Users Income', type: 'number' },
  ],
  Array.from({ length: 60 }, (_, row) => [`u${row}@example.com`, `Tier ${row % 4}`, 1_000 + row]),
)
const ACCOUNTS = aResult(
  [
    { name: 'accounts.id', label: 'Accounts ID', primary_key: true },
    { name: 'accounts.owner', label: 'Accounts Owner Email' },
  ],
  Array.from({ length: 20 }, (_, row) => [`a${row}`, `o${row}@example.com`]),
)

/** The step of a draft that has a Look and nothing else, unless a test says more. */
function openMap(change: Partial<FakeState> = {}, draft: Partial<Draft> = {}) {
  const stored = new Map([['draft', writeDraft({ ...emptyDraft('UTC'), look: LOOK, ...draft })]])
  const state = aState({ results: { '1': TIERS }, stored, ...change })
  const app = openApp(state, '/new/map')
  return { state, app }
}
const keyOf = (label: string) => screen.findByRole('radio', { name: `Join key: ${label}` })
const checked = (element: HTMLElement) => (element as HTMLInputElement).checked
const next = () => userEvent.click(screen.getByRole('button', { name: 'Next' }))
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

describe('the join key', () => {
  test('is preselected by what speaks for it, and said why', async () => {
    openMap()
    await waitFor(async () => expect(checked(await keyOf('Users Email'))).toBe(true))
    expect(screen.getByText(/Suggested because the model tags it "email"/)).toBeTruthy()
    expect(screen.getByText(/Every key that Heap does not know creates a new user/)).toBeTruthy()
    await expectAccessible()
  })

  test('is none where nothing speaks for any, though one is unique', async () => {
    const income = { name: 'users.income', label: 'Users Income', type: 'number' }
    openMap({ results: { '1': aResult([income], [[1], [2], [3]]) } })
    expect(await screen.findByText(/no column is tagged as one/)).toBeTruthy()
    expect(checked(await keyOf('Users Income'))).toBe(false)
    next()
    expect((await screen.findByRole('alert')).textContent).toContain('join key')
  })

  test('of a few values stops the way, also by the address, until it is understood', async () => {
    const { app } = openMap({}, { environmentId: '11' })
    userEvent.click(await keyOf('Users LTV Tier'))
    const text = /of 60 rows only 4 have a good key of their own: 56 repeat the key of another row/
    const tick = await screen.findByRole('checkbox', { name: text })
    expect(screen.getByText(/these rows make 4 of the users in Heap/)).toBeTruthy()
    next()
    expect((await screen.findByRole('alert')).textContent).toContain('tick that you understand')
    expect(screen.queryByRole('link', { name: 'Schedule' })).toBeNull()
    expect(app.path()).toBe('/new/map')
    userEvent.click(screen.getByRole('button', { name: 'see why' }))
    expect(document.activeElement).toBe(tick)
    userEvent.click(tick)
    next()
    await heading('Schedule and confirm')
  })

  test('that was understood is asked about anew for another one', async () => {
    openMap({}, { environmentId: '11' })
    userEvent.click(await keyOf('Users LTV Tier'))
    userEvent.click(await screen.findByRole('checkbox', { name: /I understand/ }))
    userEvent.click(await keyOf('Users Email'))
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: /I understand/ })).toBeNull())
    userEvent.click(await keyOf('Users LTV Tier'))
    expect(checked(await screen.findByRole('checkbox', { name: /I understand/ }))).toBe(false)
  })

  test('whose spellings differ by case only is told', async () => {
    const rows = [...Array.from({ length: 60 }, (_, row) => [`u${row}@x.com`]), ['U7@x.com']]
    openMap({ results: { '1': aResult([{ name: 'users.email', label: 'Users Email' }], rows) } })
    expect(await screen.findByText(/2 keys differ by case or invisible characters only/)).toBeTruthy()
  })
})

describe('a Look of accounts', () => {
  test('is preselected as accounts, and warned about as users', async () => {
    openMap({ results: { '1': ACCOUNTS } })
    await waitFor(async () => expect(checked(await keyOf('Accounts ID'))).toBe(true))
    const type = screen.getByLabelText('Rows are') as HTMLSelectElement
    expect(type.value).toBe('account')
    expect(screen.getByText(/seems to be of accounts: it has the column Accounts ID/)).toBeTruthy()
    userEvent.selectOptions(type, 'user')
    expect(await screen.findByText(/You have chosen users/)).toBeTruthy()
  })

  test('stays what the analyst made of it', async () => {
    openMap({ results: { '1': ACCOUNTS } }, { guessedFor: '1' })
    expect(((await screen.findByLabelText('Rows are')) as HTMLSelectElement).value).toBe('user')
    expect(checked(await keyOf('Accounts ID'))).toBe(false)
  })
})

describe('the environment', () => {
  const environments = [
    { id: '11', name: 'Production', region: 'us' as const },
    { id: '12', name: 'Europe', region: 'eu' as const },
  ]

  test('is chosen by name, where the server names any', async () => {
    const { state } = openMap({ environments })
    await screen.findByRole('option', { name: 'Production' })
    const field = screen.getByLabelText(/^Heap environment/) as HTMLSelectElement
    expect([...field.options].map(({ text }) => text)).toEqual([
      'Choose an environment',
      'Production',
      'Europe (EU)',
    ])
    userEvent.selectOptions(field, 'Europe (EU)')
    next()
    userEvent.click(await screen.findByRole('button', { name: /^Create$|Create sync/ }))
    await waitFor(() => expect(bodiesOf(state, 'create_scheduled_plan')).toHaveLength(1))
    const [plan] = bodiesOf(state, 'create_scheduled_plan') as {
      scheduled_plan_destination: { parameters: string }[]
    }[]
    expect(JSON.parse(plan!.scheduled_plan_destination[0]!.parameters)).toMatchObject({ env_id: '12' })
  })

  test('is chosen already, where there is one', async () => {
    openMap({ environments: environments.slice(0, 1) })
    await waitFor(() =>
      expect((screen.getByLabelText(/^Heap environment/) as HTMLSelectElement).value).toBe('11'),
    )
  })

  test('that the server may not write is said', async () => {
    openMap({ environments }, { environmentId: '99' })
    expect(await screen.findByText(/The server may not write 99/)).toBeTruthy()
  })
})

describe('names', () => {
  test('lose a prefix in one go, and get it back', async () => {
    openMap()
    userEvent.click(await screen.findByRole('button', { name: 'Change a prefix' }))
    userEvent.click(await screen.findByRole('button', { name: 'Remove it from 2 names' }))
    expect(screen.getByDisplayValue('LTV Tier')).toBeTruthy()
    expect(screen.getByDisplayValue('Income')).toBeTruthy()
    userEvent.type(screen.getByLabelText('Property in Heap for Users Income'), '!')
    userEvent.click(screen.getByRole('button', { name: 'Undo: rename Users Income' }))
    expect(screen.getByDisplayValue('Income')).toBeTruthy()
    userEvent.click(screen.getByRole('button', { name: 'Undo: change the prefix Users' }))
    expect(screen.getByDisplayValue('Users LTV Tier')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull()
  })

  test('that another sync of the environment writes are said, and those that look alike', async () => {
    const other = {
      ...planBody(aDraft({ look: LOOK, syncId: 'sync-of-somebody-else' }), '7::heap'),
      id: '41',
      name: 'Billing',
      enabled: true,
      user_id: '2',
    }
    const fill = { values: 1, texts: 1, numbers: 0 }
    const properties = [
      { name: 'Users Income', ...fill },
      { name: 'users ltv tier', ...fill },
    ]
    openMap({ plans: [other], imports: [anImport({ properties })] }, { environmentId: '11' })
    expect(await screen.findByText(/The sync "Billing" writes this property, too/)).toBeTruthy()
    expect(screen.getByText(/The sync "Billing" writes "users ltv tier", which is another/)).toBeTruthy()
    userEvent.click(screen.getByRole('checkbox', { name: 'Only what needs attention (2)' }))
    expect(screen.getAllByLabelText(/^Import /)).toHaveLength(2)
  })
})

test('an empty cell may become a text', async () => {
  const { state } = openMap({}, { environmentId: '11' })
  userEvent.selectOptions(await screen.findByLabelText(/^An empty cell/), 'becomes a text')
  expect(screen.getByText(/no way to clear a value/)).toBeTruthy()
  expect(screen.getByDisplayValue('(none)')).toBeTruthy()
  await waitFor(() => expect(JSON.parse(state.stored.get('draft') ?? '{}').draft.emptyValue).toBe('(none)'))
})

describe('the check of every row', () => {
  const dry = anImport({
    dryRun: true,
    counts: { ...anImport().counts, received: 60, delivered: 41, rejected: 15, skipped: 4 },
    rejections: [{ reason: 'join_key_duplicate', text: null, count: 15, rows: [4] }],
    message: 'Dry run, nothing was sent: 41 of 60 rows can be imported into Heap environment 11.',
    comparison: { new: 9, changed: 3, unchanged: 29, gone: 2 },
  })

  test('starts by itself for a small Look, by an ID of its own, and says what will not be imported', async () => {
    const { state } = openMap({ imports: [dry] }, { environmentId: '11', syncId: 'the-id-of-this-sync' })
    expect((await screen.findByText(/41 will be imported/)).textContent).toContain(
      '9 new, 3 changed, 29 unchanged, 2 gone since the last delivery',
    )
    const [body] = bodiesOf(state, 'scheduled_plan_run_once') as {
      scheduled_plan_destination: { parameters: string }[]
    }[]
    const params = JSON.parse(body!.scheduled_plan_destination[0]!.parameters)
    expect(params).toMatchObject({ dry_run: 'yes', sync_id: expect.stringMatching(/^[\w-]{36}$/) })
    expect(params.sync_id).not.toBe('the-id-of-this-sync')
    userEvent.click(screen.getByRole('button', { name: '19 will not: see why' }))
    const details = await screen.findByRole('region', { name: 'Check of every row' })
    expect(within(details).getByText(/15 rejected: duplicate join keys/)).toBeTruthy()
    expect(await within(details).findByRole('heading', { name: '15 rejected rows' })).toBeTruthy()
    await expectAccessible()
  })

  test('is not made again for another name, and is for another key', async () => {
    const { state } = openMap({ imports: [dry] }, { environmentId: '11' })
    await screen.findByText(/41 will be imported/)
    userEvent.type(screen.getByLabelText('Property in Heap for Users Income'), '!')
    expect(screen.getByText(/41 will be imported/)).toBeTruthy()
    userEvent.click(await keyOf('Users Income'))
    expect(screen.queryByText(/41 will be imported/)).toBeNull()
    await waitFor(() => expect(bodiesOf(state, 'scheduled_plan_run_once')).toHaveLength(2))
  })

  test('waits for a doubtful key to be understood', async () => {
    const { state } = openMap({}, { environmentId: '11', joinKey: 'users.tier' })
    await screen.findByRole('checkbox', { name: /I understand/ })
    expect(screen.getByText(/The join key is doubtful/)).toBeTruthy()
    expect(bodiesOf(state, 'scheduled_plan_run_once')).toEqual([])
  })
})
