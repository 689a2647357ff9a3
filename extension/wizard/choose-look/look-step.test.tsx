// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { writeDraft } from '../../sync/draft.ts'
import { planBody } from '../../sync/plan-body.ts'
import { aDraft } from '../../testing/a-draft.ts'
import { aHealth } from '../../testing/a-health.ts'
import type { FakeState } from '../../testing/fake-looker.ts'
import { aLook, aResult, aState, LIFETIME_VALUE } from '../../testing/fake-state.ts'
import { bodiesOf, expectAccessible, openApp } from '../../testing/render-app.tsx'

const own = aLook({ id: '1', title: 'Customer lifetime value', user_id: '1', user_name: 'Ann Analyst' })
const others = aLook({ id: '2', title: 'Segments' })

async function open(change: Partial<FakeState> = {}) {
  const state = aState({ looks: [own, others], ...change })
  openApp(state, '/new/look')
  await screen.findByRole('button', { name: own.title! })
  return state
}

const look = (title: string) => screen.findByRole('button', { name: title })
const preview = (name: string) => screen.findByRole('region', { name })

describe('the list', () => {
  test("begins with the user's own, with the focus in the search", async () => {
    await open()
    expect(document.activeElement).toBe(screen.getByLabelText('Search Looks by title'))
    expect(screen.getByRole('radio', { name: 'Mine' })).toHaveProperty('checked', true)
    expect(screen.queryByRole('button', { name: 'Segments' })).toBeNull()
    userEvent.click(screen.getByRole('radio', { name: 'All' }))
    const row = (await look('Segments')).closest('tr')!
    expect(row.textContent).toContain('Shared \u00b7 Bob Builder')
  })

  test('begins with all for a user who has none', async () => {
    openApp(aState({ looks: [others] }), '/new/look')
    await screen.findByRole('table', { name: 'All Looks' })
    expect(screen.getByRole('radio', { name: 'All' })).toHaveProperty('checked', true)
  })

  test('offers all where none of the own fits', async () => {
    await open()
    userEvent.type(screen.getByLabelText('Search Looks by title'), 'segm')
    userEvent.click(await screen.findByRole('button', { name: 'Look among all' }))
    await look('Segments')
  })

  test('says what a Look last did as a sync', async () => {
    const draft = aDraft({ look: { id: '1', title: 'L' }, syncId: 'a-sync-id-of-22-letters' })
    const plan = { ...planBody(draft, '7::heap'), id: '41', enabled: true, user_id: '1' } as never
    await open({
      plans: [plan],
      healths: [aHealth({ ref: 'a-sync-id-of-22-letters', state: 'failing' })],
    })
    expect(await screen.findByText('Failing')).toBeTruthy()
  })
})

describe('the preview', () => {
  test('shows the first rows beside the list, and goes on from there', async () => {
    await open()
    userEvent.click(await look(own.title!))
    const rows = within(await screen.findByRole('table', { name: 'First rows' }))
    expect(rows.getByRole('row', { name: /^Users Email user0@example.com user1@example.com/ })).toBeTruthy()
    expect(screen.getByText('60 rows, 3 columns')).toBeTruthy()
    await expectAccessible()
    userEvent.click(screen.getByRole('button', { name: 'Next' }))
    await screen.findByRole('heading', { level: 1, name: 'Map the columns' })
  })

  test('without a Look does not go on', async () => {
    await open()
    userEvent.click(screen.getByRole('button', { name: 'Next' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Choose a Look.')
  })

  test('of another Look leaves the draft as it is', async () => {
    const draft = aDraft({ look: { id: '1', title: own.title! } })
    const state = await open({
      stored: new Map([['draft', writeDraft(draft)]]),
      results: { '1': LIFETIME_VALUE, '2': LIFETIME_VALUE },
    })
    userEvent.click(screen.getByRole('radio', { name: 'All' }))
    userEvent.click(await look('Segments'))
    await preview('Segments')
    userEvent.click(await look(own.title!))
    await preview(own.title!)
    userEvent.click(screen.getByRole('button', { name: 'Next' }))
    await screen.findByRole('heading', { level: 1, name: 'Map the columns' })
    expect(JSON.parse(state.stored.get('draft')!).draft.joinKey).toBe('users.email')
  })
})

describe('a Look that cannot work is said', () => {
  const choose = async (change: Partial<FakeState>) => {
    const state = await open(change)
    userEvent.click(await look(own.title!))
    return state
  }
  const next = () => screen.getByRole('button', { name: 'Next' }) as HTMLButtonElement

  test('when it fails, with its owner and the way to it', async () => {
    const state = await choose({
      results: { '1': { errors: [{ message: 'no such table' }], data: [], fields: {} } },
    })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The Look does not run')
    expect(alert.textContent).toContain('no such table')
    expect(alert.textContent).toContain('ask its owner, Ann Analyst')
    await waitFor(() => expect(next().disabled).toBe(true))
    userEvent.click(screen.getByRole('link', { name: 'Open in Looker' }))
    expect(bodiesOf(state, 'openBrowserWindow')).toEqual(['https://looker.example.com/looks/1'])
  })

  test('when it runs in Development Mode only', async () => {
    const inProduction = (argument: unknown) =>
      (argument as { force_production: boolean }).force_production
        ? { message: 'Model not found', documentation_url: 'https://x/err/4.0/404/get/looks' }
        : null
    await choose({ failing: { run_look: inProduction } })
    expect(await screen.findByText('The Look runs in Development Mode only.')).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('A Looker developer can fix this')
    await waitFor(() => expect(next().disabled).toBe(true))
  })

  test('when it has no rows, and may go on', async () => {
    await choose({ results: { '1': aResult([{ name: 'users.email', label: 'Users Email' }], []) } })
    expect(await screen.findByText('The Look returns no rows right now.')).toBeTruthy()
    expect(next().disabled).toBe(false)
  })

  test.each([
    [false, 1],
    [true, 0],
    [undefined, 0],
  ])('when Looker says %s to scheduling it', async (schedule, problems) => {
    const can = schedule === undefined ? {} : { can: { schedule } }
    await choose({ looks: [{ ...own, ...can }] })
    await screen.findByRole('table', { name: 'First rows' })
    expect(screen.queryAllByText('You may not send this Look to Heap.')).toHaveLength(problems)
  })
})
