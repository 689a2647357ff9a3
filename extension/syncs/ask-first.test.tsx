// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { planBody } from '../sync/plan-body.ts'
import { aDraft } from '../testing/a-draft.ts'
import { aHealth } from '../testing/a-health.ts'
import { aState } from '../testing/fake-state.ts'
import { expectAccessible, openApp } from '../testing/render-app.tsx'

const NAME = 'Pause and ask when a delivery is unusual'
const draft = aDraft({ look: { id: '1', title: 'Customer lifetime value' } })
const syncId = 'a-sync-of-ours-1234'
const parameters = '{"env_id":"11","property_type":"user","heap_field":"Users Email"}'
const withId = JSON.stringify({ ...JSON.parse(parameters), sync_id: syncId })
const planWith = (id: string, params: string) => ({
  ...planBody(draft, '7::heap'),
  id,
  enabled: true,
  user_id: '1',
  scheduled_plan_destination: [{ type: 'looker-integration://7::heap', parameters: params }],
})

test('the server is told whether to hold unusual deliveries of a sync', async () => {
  const state = aState({ plans: [planWith('41', withId)], healths: [aHealth({ ref: syncId, holds: true })] })
  openApp(state, '/syncs/41')
  const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: NAME })
  expect(box.checked).toBe(true)
  await expectAccessible()
  userEvent.click(box)
  await waitFor(() =>
    expect(state.calls.map(({ args }) => args)).toContainEqual([
      expect.stringContaining(`/api/v1/syncs/${syncId}/guardrails?host=`),
      expect.objectContaining({ method: 'PUT', body: '{"hold":false}' }),
    ]),
  )
})

test('what cannot be set is not shown, and a failure is', async () => {
  const failing = (url: unknown) =>
    String(url).includes('/guardrails') ? { message: 'no', documentation_url: '' } : null
  const state = aState({
    plans: [planWith('41', parameters), planWith('42', withId)],
    healths: [aHealth({ ref: 'plan:41' }), aHealth({ ref: syncId })],
    failing: { fetchProxy: failing as never },
  })
  const { unmount } = openApp(state, '/syncs/41')
  await screen.findByText(/^All is well/)
  expect(screen.queryByRole('checkbox', { name: NAME })).toBeNull()
  unmount()
  openApp(state, '/syncs/42')
  userEvent.click(await screen.findByRole('checkbox', { name: NAME }))
  await screen.findByRole('alert')
  expect(screen.getByRole('checkbox', { name: NAME })).toHaveProperty('checked', false)
})
