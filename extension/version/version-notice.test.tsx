// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { aState } from '../testing/fake-state.ts'
import { expectAccessible, openApp } from '../testing/render-app.tsx'

// As the builder does it.
vi.hoisted(() => vi.stubGlobal('__VERSION__', '1.2.0'))

test.each([
  ['1.3.0', /is version 1\.2\.0, the action server 1\.3\.0\. A Looker developer has to deploy/],
  ['1.1.4', /the action server 1\.1\.4\. Whoever runs the action server has to update it/],
])('a server %s is told of', async (serverVersion, text) => {
  openApp({ ...aState(), serverVersion }, '/setup')
  expect(await screen.findByText(text)).toBeTruthy()
  await expectAccessible()
})

test('a server of the time before it told its version is older', async () => {
  const failing = {
    fetchProxy: (url: unknown) =>
      String(url).includes('/version')
        ? { status: 404, body: { detail: 'Not found', code: 'not_found' } }
        : null,
  }
  openApp(aState({ failing }), '/setup')
  expect(await screen.findByText(/the action server an older one/)).toBeTruthy()
})

test('one that fits is not, and both told each other', async () => {
  const state = { ...aState(), serverVersion: '1.2.9' }
  openApp(state, '/setup')
  await waitFor(() => expect(JSON.stringify(state.calls)).toContain('/version?extension=1.2.0'))
  await screen.findAllByText('OK')
  expect(screen.queryByText(/is version/)).toBeNull()
})
