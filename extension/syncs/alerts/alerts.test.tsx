// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { planBody } from '../../sync/plan-body.ts'
import { aDraft } from '../../testing/a-draft.ts'
import type { FakeState } from '../../testing/fake-looker.ts'
import { aState } from '../../testing/fake-state.ts'
import { expectAccessible, openApp } from '../../testing/render-app.tsx'

const SYNC_ID = 'sync-with-alerts-1'
const look = { id: '1', title: 'Customer lifetime value' }
const THE_FORM = { env_id: '11', property_type: 'user', heap_field: 'users.email', match_by: 'identity' }
const aPlan = (params: object) => ({
  ...planBody(aDraft({ look }), '7::heap'),
  id: '41',
  enabled: true,
  user_id: '1',
  scheduled_plan_destination: [{ type: 'looker-integration://7::heap', parameters: JSON.stringify(params) }],
})
const own = aPlan({ ...THE_FORM, sync_id: SYNC_ID })

/** Calls to the alerts of the sync, in order. */
const callsOf = (state: FakeState) =>
  state.calls.flatMap(({ method, args }) => {
    const [url, init] = args as [string, { method: string; body?: string }]
    return method === 'fetchProxy' && url.includes(`/api/v1/syncs/${SYNC_ID}/alerts`)
      ? [{ url, method: init.method, body: init.body && JSON.parse(init.body) }]
      : []
  })
const changes = (state: FakeState) => callsOf(state).filter(({ method }) => method === 'PUT')
const button = (name: string) => screen.getByRole('button', { name }) as HTMLButtonElement

test('a receiver is set, and nothing can be tested before there is one', async () => {
  const state = aState({ plans: [own] })
  openApp(state, '/syncs/41')
  const slack = await screen.findByLabelText('Slack webhook URL')
  expect(button('Save alerts').disabled).toBe(true)
  expect(button('Send a test').disabled).toBe(true)
  expect(screen.queryByLabelText('Webhook secret')).toBeNull()
  await expectAccessible()
  userEvent.type(slack, ' https://hooks.slack.com/services/T/B/x ')
  userEvent.type(screen.getByLabelText('Webhook URL'), 'https://example.com/hook')
  userEvent.type(screen.getByLabelText('Webhook secret'), 'whsec_abc')
  userEvent.click(button('Save alerts'))
  await waitFor(() => expect(changes(state)).toHaveLength(1))
  expect(changes(state)[0]!.body).toEqual({
    slackUrl: 'https://hooks.slack.com/services/T/B/x',
    webhook: { url: 'https://example.com/hook', secret: 'whsec_abc' },
  })
})

test('what is kept is shown without secrets, stays when it is left as it is, and is tested', async () => {
  const alerts = {
    webhookUrl: 'https://example.com/hook',
    hasSecret: true,
    slackUrl: 'hooks.slack.com/…wxyz',
    server: { webhook: true, slack: false },
  }
  const state = aState({ plans: [own], alerts })
  openApp(state, '/syncs/41')
  await screen.findByDisplayValue('hooks.slack.com/…wxyz')
  expect(screen.getByText(/Whoever runs the action server is told in any case/)).toBeTruthy()
  expect(screen.getByText('Leave it empty to keep the present one.')).toBeTruthy()
  userEvent.click(button('Send a test'))
  expect((await screen.findByText(/Slack: The message has not arrived/)).textContent).toBeTruthy()
  await expectAccessible()
  userEvent.clear(screen.getByDisplayValue('hooks.slack.com/…wxyz'))
  expect(button('Send a test').disabled).toBe(true)
  userEvent.click(button('Save alerts'))
  await waitFor(() => expect(changes(state)).toHaveLength(1))
  expect(changes(state)[0]!.body).toEqual({
    slackUrl: null,
    webhook: { url: 'https://example.com/hook', secret: null },
  })
})

test('why receivers were not kept is told', async () => {
  const refused = (url: unknown) =>
    String(url).includes('/alerts')
      ? { ok: false, status: 400, body: { code: 'bad_request', detail: 'The address of Slack must be …' } }
      : null
  const state = aState({ plans: [own], failing: {} })
  openApp(state, '/syncs/41')
  userEvent.type(await screen.findByLabelText('Slack webhook URL'), 'x')
  state.failing.fetchProxy = refused
  userEvent.click(button('Save alerts'))
  expect((await screen.findByRole('alert')).textContent).toContain('The address of Slack must be')
})

test('a sync without an id of its own says what to do', async () => {
  const state = aState({ plans: [aPlan(THE_FORM)] })
  openApp(state, '/syncs/41')
  expect(await screen.findByText(/save it once: then it can have alerts/)).toBeTruthy()
  expect(callsOf(state)).toEqual([])
})
