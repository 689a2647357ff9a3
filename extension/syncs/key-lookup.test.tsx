// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { FoundKeys } from '../../shared/api/known-keys.ts'
import { planBody } from '../sync/plan-body.ts'
import { aDraft } from '../testing/a-draft.ts'
import type { FakeState } from '../testing/fake-looker.ts'
import { aState } from '../testing/fake-state.ts'
import { expectAccessible, openApp } from '../testing/render-app.tsx'

const draft = aDraft({ look: { id: '1', title: 'L' }, syncId: 'a-sync-id-of-22-letters' })
const plan = (of = draft) => ({ ...planBody(of, '7::heap'), id: '41', enabled: true, user_id: '1' }) as never
const AT = '2026-03-01T09:00:00Z'
const LAST = { id: 5, at: AT }
const found = (change: Partial<FoundKeys['keys'][number]>): FoundKeys => ({
  import: LAST,
  keys: [{ found: true, outcome: null, reason: null, importId: 5, at: AT, ...change }],
})

async function ask(change: Partial<FakeState>) {
  const state = aState({ plans: [plan()], ...change })
  openApp(state, '/syncs/41')
  userEvent.type(await screen.findByLabelText('Join key'), ' Ann@x.com ')
  userEvent.click(screen.getByRole('button', { name: 'Look it up' }))
  return state
}

test.each<[FoundKeys, RegExp]>([
  [found({ outcome: 'delivered' }), /^Yes: Heap has taken its row\. Open the run of /],
  [found({ outcome: 'unchanged' }), /^Yes, before\. Its row has not changed since/],
  [found({ outcome: 'pending' }), /^Its row is on its way\./],
  [
    found({ outcome: 'rejected', reason: 'join_key_placeholder' }),
    /^No: its row was rejected, .*placeholder/,
  ],
  [found({ outcome: null }), /^It was sent\. Rows of that delivery were rejected, and which is not kept/],
  [found({ found: false, importId: null, at: null }), /^No: it was not in the last whole delivery, of /],
  [
    { import: null, keys: [{ found: false, outcome: null, reason: null, importId: null, at: null }] },
    /^Nobody can tell/,
  ],
])('a key is told what became of it: %j', async (foundKeys, text) => {
  const state = await ask({ foundKeys })
  const isAnswer = (_: string, element: Element | null) =>
    element?.getAttribute('role') === 'status' && text.test(element.textContent!)
  await screen.findByText(isAnswer)
  const calls = state.calls.filter(({ method }) => method === 'fetchProxy')
  const [url, init] = calls.find(({ args }) => String(args[0]).includes('key-lookups'))!.args
  // A join key stands in no URL.
  expect(String(url)).not.toContain('Ann')
  expect(init).toMatchObject({ method: 'POST', body: '{"keys":["Ann@x.com"]}' })
  await expectAccessible()
})

test('an answer of another shape is an error', async () => {
  await ask({ foundKeys: { import: LAST, keys: [{ found: 'yes' }] } as never })
  expect(await screen.findByRole('alert')).toBeTruthy()
})

test('nobody asks without the ID of the sync', async () => {
  openApp(aState({ plans: [plan({ ...draft, syncId: null })] }), '/syncs/41')
  await screen.findByRole('heading', { name: 'Settings' })
  expect(screen.queryByLabelText('Join key')).toBeNull()
})
