// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { writeDraft } from '../sync/draft.ts'
import { aDraft } from '../testing/a-draft.ts'
import { anImport } from '../testing/an-import.ts'
import { aLook, aResult, aState } from '../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../testing/render-app.tsx'

const next = () => userEvent.click(screen.getByRole('button', { name: 'Next' }))
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })
const stored = (draft = aDraft({ look: { id: '1', title: 'Customer lifetime value' } })) =>
  new Map([['draft', writeDraft(draft)]])

describe('the way from nothing to a sync', () => {
  test('leads through three steps', async () => {
    const state = aState()
    const app = openApp(state, '/')

    userEvent.click(await screen.findByRole('button', { name: 'Set up the first sync' }))
    const [own] = await screen.findAllByRole('button', { name: 'Customer lifetime value' })
    userEvent.click(own!)
    await screen.findByRole('table', { name: 'First rows' })
    await expectAccessible()
    await next()

    await screen.findByLabelText('Heap environment ID')
    expect(await heading('Map the columns')).toBe(document.activeElement)
    const radio = screen.getByRole('radio', { name: 'Join key: Users Email' })
    expect(radio).toHaveProperty('checked', true)
    await next()
    expect(screen.getByRole('alert').textContent).toContain('Give the Heap Environment ID')
    userEvent.type(screen.getByLabelText('Heap environment ID'), '11')
    await expectAccessible()

    const ltv = screen.getByLabelText('Property in Heap for Users Lifetime Value')
    userEvent.clear(ltv)
    expect(screen.getByText('Give it a name.')).toBeTruthy()
    await next()
    expect(screen.getByRole('alert').textContent).toContain('a property without a name')
    userEvent.type(ltv, 'ltv')
    userEvent.click(screen.getByRole('checkbox', { name: 'Import Users Plan' }))
    await expectAccessible()
    await next()

    expect(await heading('Schedule and confirm')).toBe(document.activeElement)
    userEvent.click(screen.getByRole('radio', { name: 'Weekly' }))
    userEvent.click(screen.getByRole('checkbox', { name: 'Thursday' }))
    expect(screen.getByText('Every Monday and Thursday at 03:15')).toBeTruthy()
    expect(screen.getByText('Overwrites "ltv".')).toBeTruthy()
    await expectAccessible()
    userEvent.click(screen.getByRole('button', { name: 'Create' }))

    await heading('Customer lifetime value to Heap')
    const created = state.plans.find((one) => !one.run_once)
    expect(app.path()).toBe(`/syncs/${created?.id}`)
    expect(await screen.findByText(/The sync is set up/)).toBeTruthy()
    const [plan] = bodiesOf(state, 'create_scheduled_plan')
    expect(plan).toMatchObject({
      name: 'Customer lifetime value to Heap',
      look_id: '1',
      crontab: '15 3 * * 1,4',
      send_all_results: true,
      require_results: false,
      require_no_results: false,
      require_change: false,
      scheduled_plan_destination: [
        { type: 'looker-integration://7::heap', format: 'json_detail_lite_stream' },
      ],
    })
    const [destination] = (plan as { scheduled_plan_destination: { parameters: string }[] })
      .scheduled_plan_destination
    expect(JSON.parse(destination!.parameters)).toEqual({
      env_id: '11',
      property_type: 'user',
      heap_field: 'users.email',
      match_by: 'identity',
      dry_run: 'no',
      max_rejected_percent: '0',
      property_names: '{"rename":{"users.ltv":"ltv"},"exclude":["users.plan"]}',
      sync_id: expect.stringMatching(/^[A-Za-z0-9_-]{16,64}$/),
    })
    await waitFor(() => expect(state.stored.get('environment-id')).toBe('11'))
    expect(state.stored.has('draft')).toBe(false)
  })

  test('sends once, and shows what became of the rows', async () => {
    const state = aState({
      stored: stored(aDraft({ look: { id: '1', title: 'L' }, schedule: { kind: 'once' } })),
      imports: [
        anImport({
          counts: { received: 60, delivered: 58, rejected: 2, skipped: 0, superseded: 0, unchanged: 0 },
          rejections: [{ reason: 'join_key_duplicate', text: null, count: 2, rows: [4, 9] }],
          success: false,
          message: 'Imported 58 of 60 rows into Heap environment 11. 2 rejected.',
        }),
      ],
    })
    openApp(state, '/new/review')
    userEvent.click(await screen.findByRole('button', { name: 'Send now' }))
    await heading('Sending to Heap')
    await screen.findByText('58 of 60 rows imported.')
    expect(
      screen.getByText(/60 received = 58 delivered \+ 2 rejected \+ 0 skipped \+ 0 replaced by newer/),
    ).toBeTruthy()
    expect(await screen.findByRole('heading', { name: '2 rejected rows' })).toBeTruthy()
    const [sent] = JSON.parse(state.stored.get('sent-once') ?? '[]')
    expect(sent).toMatchObject({ title: 'L to Heap', syncId: expect.stringMatching(/^[\w-]{16,64}$/) })
    expect(bodiesOf(state, 'scheduled_plan_run_once')).toMatchObject([
      { look_id: '1', send_all_results: true },
    ])
  })
})

describe('a draft', () => {
  test('survives a reload, at the step it was at', async () => {
    openApp(aState({ stored: stored() }), '/new/when')
    await heading('Schedule and confirm')
    expect(await screen.findByRole('radio', { name: 'Daily' })).toHaveProperty('checked', true)
  })

  test('gives its ID to the sync, and to no check of its rows', async () => {
    const state = aState({ stored: new Map([['environment-id', '11']]) })
    openApp(state, '/new/look')
    const [own] = await screen.findAllByRole('button', { name: 'Customer lifetime value' })
    userEvent.click(own!)
    await next()
    await waitFor(() => expect(bodiesOf(state, 'scheduled_plan_run_once')).toHaveLength(1))
    await next()
    userEvent.click(await screen.findByRole('button', { name: 'Create' }))
    await heading('Customer lifetime value to Heap')
    const bodies = [
      ...bodiesOf(state, 'scheduled_plan_run_once'),
      ...bodiesOf(state, 'create_scheduled_plan'),
    ]
    const ids = (bodies as { scheduled_plan_destination: { parameters: string }[] }[]).map(
      (body) => JSON.parse(body.scheduled_plan_destination[0]!.parameters).sync_id,
    )
    expect(ids).toEqual([expect.any(String), expect.any(String)])
    expect(ids[0]).not.toBe(ids[1])
  })

  test('says what it means to match by either', async () => {
    openApp(aState({ stored: stored() }), '/new/map')
    const field = (await screen.findByLabelText('Match by')) as HTMLSelectElement
    expect(field.selectedOptions[0]!.textContent).toBe('Heap identity')
    expect(screen.getByText(/Every key that Heap does not know creates a new user/)).toBeTruthy()
    userEvent.selectOptions(field, "The user property chosen in Heap's set-up of Looker Data Import")
    expect(
      screen.getByText(/Integrations > Directory > Looker Data Import.*Heap documents none/),
    ).toBeTruthy()
    await expectAccessible()
    userEvent.selectOptions(screen.getByLabelText('Rows are'), 'Accounts')
    expect((screen.getByLabelText('Match by') as HTMLSelectElement).options).toHaveLength(1)
    expect(screen.getByText(/compared with Heap's account ID/)).toBeTruthy()
  })

  test('that is not so far leads back to what is missing', async () => {
    const app = openApp(
      aState({ stored: stored(aDraft({ look: { id: '1', title: 'L' }, joinKey: '' })) }),
      '/new/review',
    )
    await heading('Map the columns')
    // Looker's page would add a redirect to the history, and Back would end up here again.
    expect(app.path()).toBe('/new/review')
    const radio = await screen.findByRole('radio', { name: 'Join key: Users Email' })
    await waitFor(() => expect(radio).toHaveProperty('checked', true))
    await next()
    await heading('Schedule and confirm')
    expect(app.path()).toBe('/new/schedule')
  })

  test('whose join key the Look lost is asked for another', async () => {
    openApp(
      aState({ stored: stored(aDraft({ look: { id: '1', title: 'L' }, joinKey: 'users.gone' })) }),
      '/new/review',
    )
    await heading('Map the columns')
    expect(screen.getByText(/The Look has no column "users.gone"/)).toBeTruthy()
  })
})

describe('a wrong Look is caught', () => {
  const open = async (result: unknown, step = 'map', draft = aDraft({ look: { id: '1', title: 'L' } })) => {
    openApp(aState({ results: { '1': result }, stored: stored(draft) }), `/new/${step}`)
    await screen.findByRole('heading', { level: 1 })
  }
  const columns = [
    { name: 'users.email', label: 'Users Email' },
    { name: 'users.id', label: 'ID' },
    { name: 'users.id2', label: 'ID' },
  ]

  test('when its keys repeat or are missing', async () => {
    await open(
      aResult(columns, [
        ['a', 1, 1],
        ['a', 2, 2],
        [null, 3, 3],
      ]),
    )
    const report = (await screen.findByText(/1 row repeats the key/)).parentElement!
    expect(report.textContent).toContain('1 row has no key')
    expect(screen.getAllByText('67 %').length).toBe(1)
  })

  test('when two columns have one name that Heap keeps', async () => {
    await open(aResult(columns, [['a', 1, 1]]), 'map')
    expect((await screen.findAllByText(/Heap keeps the name "ID"/)).length).toBe(2)
    userEvent.click(screen.getByRole('checkbox', { name: 'Only what needs attention (2)' }))
    expect(screen.queryByLabelText('Import Users Email')).toBeNull()
    const [first] = screen.getAllByLabelText('Property in Heap for ID')
    userEvent.clear(first!)
    userEvent.type(first!, 'number')
    expect(screen.getByDisplayValue('number')).toBeTruthy()
    expect(screen.getAllByText(/Heap keeps the name "ID"/).length).toBe(1)
  })

  test('when it is empty', async () => {
    await open(aResult(columns, []))
    expect(await screen.findByText(/returns no rows right now/)).toBeTruthy()
  })

  test('when its query fails', async () => {
    await open({ errors: [{ message: 'no such table' }], data: [], fields: {} })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The Look does not run')
    expect(alert.textContent).toContain('no such table')
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy()
  })
})

describe('what is missing is explained', () => {
  test.each([
    [[], 'The Heap action is not registered in Looker'],
    [[{ id: '7::heap', enabled: false }], 'The Heap action is not enabled'],
    [[{ id: '7::segment', enabled: true }], 'The Heap action is not registered in Looker'],
  ])('with the integrations %j', async (integrations, title) => {
    openApp(aState({ integrations }), '/new/look')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain(title)
    expect(alert.textContent).toContain('A Looker admin can fix this')
  })

  test('when the user may not schedule', async () => {
    const failing = {
      create_scheduled_plan: {
        message: 'Not found',
        documentation_url: 'https://x/err/4.0/404/post/scheduled_plans',
      },
    }
    openApp(aState({ stored: stored(), failing }), '/new/review')
    userEvent.click(await screen.findByRole('button', { name: 'Create' }))
    expect((await screen.findByRole('alert')).textContent).toContain('send_to_integration')
  })

  test('when an entitlement is missing', async () => {
    const failing = { run_look: 'Error: Extension not entitled to use api method run_look' }
    openApp(aState({ stored: stored(), failing }), '/new/map')
    expect((await screen.findByRole('alert')).textContent).toContain('Add "run_look" under core_api_methods')
  })
})

test('ten thousand Looks come page by page, and are searched by Looker', async () => {
  const looks = Array.from({ length: 10_000 }, (_, index) =>
    aLook({ id: String(index), title: `Look number ${index}` }),
  )
  const state = aState({ looks })
  openApp(state, '/new/look')
  expect(await screen.findByText('The first 20 Looks')).toBeTruthy()
  userEvent.click(screen.getByRole('button', { name: 'Show more' }))
  expect(await screen.findByText('The first 40 Looks')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Look number 20' })).toBe(document.activeElement)
  userEvent.type(screen.getByLabelText('Search Looks by title'), 'number 9999')
  expect(await screen.findByRole('button', { name: 'Look number 9999' })).toBeTruthy()
  expect(
    bodiesOf(state, 'search_looks').findLast((body) => !Object.hasOwn(body as object, 'user_id')),
  ).toMatchObject({
    title: '%number 9999%',
    limit: 21,
    offset: 0,
  })
})
