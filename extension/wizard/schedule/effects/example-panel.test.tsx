// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { writeDraft } from '../../../sync/draft.ts'
import { aDraft } from '../../../testing/a-draft.ts'
import { aResult, aState } from '../../../testing/fake-state.ts'
import { openApp } from '../../../testing/render-app.tsx'

// As in the bundle, in a browser without Temporal, as Node.js 24 is.
vi.mock('temporal-polyfill', () => import('../../../instead/native-temporal.ts'))

const NO_TEMPORAL = /This browser cannot work out offsets from UTC/

async function openExample(type: string) {
  const column = { name: 'users.seen', label: 'Users Seen', type }
  const look = aResult(
    [{ name: 'users.email', label: 'Users Email', tags: ['email'] }, column],
    [['ann@example.com', '2026-03-05 14:30:00']],
  )
  const draft = aDraft({ look: { id: '1', title: 'Customer lifetime value' } })
  openApp(
    aState({ results: { '1': look }, stored: new Map([['draft', writeDraft(draft)]]) }),
    '/new/schedule',
  )
  return screen.findByRole('region', { name: 'The first row that can be sent' })
}

test('a browser without Temporal says that it shows times as Looker wrote them', async () => {
  expect((await openExample('date_time')).textContent).toContain('2026-03-05 14:30:00')
  screen.getByText(NO_TEMPORAL)
})

test('it says so of times only', async () => {
  await openExample('string')
  expect(screen.queryByText(NO_TEMPORAL)).toBeNull()
})
