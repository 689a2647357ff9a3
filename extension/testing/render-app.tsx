import 'regenerator-runtime/runtime'
import { cleanup, configure, render } from '@testing-library/react'
import axe from 'axe-core'
import React from 'react'
import { MemoryRouter, Route } from 'react-router-dom'
import { afterEach, expect } from 'vitest'
import { App } from '../app.tsx'
import type { FakeState } from './fake-looker.ts'
import { fakeLooker } from './fake-looker.ts'

/** What jsdom lacks and @looker/components needs. */
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.scrollTo = () => {}
// What has no place on the page counts as hidden for a dialog that looks for what to focus.
Element.prototype.getClientRects = () => Object.assign([new DOMRect()], { item: () => null })

// A busy machine draws slowly.
configure({ asyncUtilTimeout: 15_000 })
afterEach(cleanup)

/** Opens the app at an address. The address is read back from `path()`. */
export function openApp(state: FakeState, address: string) {
  let current = address
  const view = render(
    <MemoryRouter initialEntries={[address]}>
      <App adaptor={fakeLooker(state)} />
      <Route
        render={({ location }) => {
          current = location.pathname
          return null
        }}
      />
    </MemoryRouter>,
  )
  return { ...view, path: () => current }
}

/** The bodies of the calls of one method, in order. */
export function bodiesOf(state: FakeState, method: string): unknown[] {
  return state.calls.filter((call) => call.method === method).map(({ args }) => args[0])
}

/** Colors and landmarks are checked in a real browser; jsdom draws nothing. */
export async function expectAccessible() {
  const result = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    rules: { 'color-contrast': { enabled: false } },
  })
  expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}
