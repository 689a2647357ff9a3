// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { attributeName } from '../../shared/set-up/attribute-name.ts'
import { aState } from '../testing/fake-state.ts'
import { expectAccessible, openApp } from '../testing/render-app.tsx'

const check = async (title: RegExp, state: string) => {
  const heading = await screen.findByRole('heading', { name: title })
  return within(heading).findByText(state)
}

test('all is well', async () => {
  openApp(aState(), '/setup')
  for (const title of [/Entitlements/, /Heap action/, /Looker reaches/, /The extension reaches/]) {
    expect(await check(title, 'OK')).toBeTruthy()
  }
  expect(screen.getByText('heap_data_import_heap_data_import_action_server_token')).toBeTruthy()
  await expectAccessible()
})

test('what is missing is told, and what depends on it waits', async () => {
  const failing = { serverProxy: { status: 401, body: { success: false, error: 'Unknown token.' } } }
  openApp(aState({ integrations: [], failing }), '/setup')
  expect(await check(/Heap action/, 'Needs attention')).toBeTruthy()
  expect(await check(/Looker reaches/, 'Not checked')).toBeTruthy()
  expect(await check(/The extension reaches/, 'Needs attention')).toBeTruthy()
  expect(screen.getByText(/does not accept the secret/)).toBeTruthy()
})

test('Looker may not reach the server', async () => {
  openApp(aState({ failing: { fetch_integration_form: { message: 'Bad gateway' } } }), '/setup')
  expect(await check(/Looker reaches/, 'Needs attention')).toBeTruthy()
  expect(screen.getByText(/Looker gets no form/)).toBeTruthy()
})

test("Heap's own action beside ours is named and does no harm", async () => {
  const integrations = ['5', '7'].map((hub) => ({ id: `${hub}::heap`, label: 'Heap', enabled: true }))
  const forms = { '5::heap': ['env_id', 'property_type', 'heap_field'] }
  openApp(aState({ integrations, forms }), '/setup')
  expect(await check(/Heap action/, 'OK')).toBeTruthy()
  expect(screen.getByText("5::heap: Heap's own, which this extension does not use")).toBeTruthy()
  expect(screen.getByText('7::heap: that of this extension')).toBeTruthy()
})

test("Heap's own action alone is not ours", async () => {
  const forms = { '7::heap': ['env_id', 'property_type', 'heap_field'] }
  openApp(aState({ forms }), '/setup')
  expect(await check(/Heap action/, 'Needs attention')).toBeTruthy()
  expect(await check(/Looker reaches/, 'Not checked')).toBeTruthy()
})

test("an attribute's name on the instance", () => {
  expect(attributeName('my-extension::my-app', 'my_value')).toBe('my_extension_my_app_my_value')
})
