// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { writeDraft } from '../../sync/draft.ts'
import { aDraft } from '../../testing/a-draft.ts'
import type { FakeState } from '../../testing/fake-looker.ts'
import { aState } from '../../testing/fake-state.ts'
import { bodiesOf, openApp } from '../../testing/render-app.tsx'

const TITLE = 'Customer lifetime value'

/** Looker does not know its actions until `tell` is called. */
function slowActions(change: Partial<FakeState> = {}) {
  let tell = () => {}
  const known = new Promise<void>((resolve) => {
    tell = resolve
  })
  return { state: aState({ waiting: { all_integrations: known }, ...change }), tell: () => tell() }
}

test('Looker is asked for Looks, the user and the draft at once, and once', async () => {
  const read: string[] = []
  class Storage extends Map<string, string> {
    override get(name: string) {
      read.push(name)
      return super.get(name)
    }
  }
  const state = aState({ stored: new Storage() })
  openApp(state, '/new/look')
  expect(read.toSorted()).toEqual(['draft', 'environment-id'])
  expect(state.calls.map(({ method }) => method)).toEqual(['search_looks', 'me'])

  await screen.findByRole('table', { name: 'Your Looks' })
  expect(bodiesOf(state, 'search_looks')).toHaveLength(2)
  expect(bodiesOf(state, 'me')).toHaveLength(1)
})

test('a step that shows no Looks does not ask for them', async () => {
  const stored = new Map([['draft', writeDraft(aDraft({ look: { id: '1', title: TITLE } }))]])
  const state = aState({ stored })
  openApp(state, '/new/schedule')
  await screen.findByRole('heading', { level: 1, name: 'Schedule and confirm' })
  expect(bodiesOf(state, 'search_looks')).toEqual([])
})

test('the Looks do not wait for the actions', async () => {
  const { state, tell } = slowActions()
  openApp(state, '/new/look')
  const [look] = await screen.findAllByRole('button', { name: TITLE })
  userEvent.click(look!)
  await screen.findByRole('table', { name: 'First rows' })
  userEvent.click(screen.getByRole('button', { name: 'Next' }))
  await screen.findByText('Looking for the Heap action')
  expect(screen.queryByRole('heading', { level: 1 })).toBeNull()
  tell()
  await screen.findByRole('heading', { level: 1, name: 'Map the columns' })
})

test('no action is said in place of the Looks, as soon as it is known', async () => {
  const { state, tell } = slowActions({ integrations: [] })
  openApp(state, '/new/look')
  await screen.findByRole('table', { name: 'Your Looks' })
  tell()
  await screen.findByRole('heading', { level: 1, name: 'Looker cannot send to Heap yet' })
  expect(screen.queryByRole('table')).toBeNull()
})

test('a search that fails before the list is there is shown by the list', async () => {
  openApp(aState({ failing: { search_looks: 'Error: Extension not entitled' } }), '/new/look')
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})
