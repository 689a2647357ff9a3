import { expect, it } from 'vitest'
import { createReloadLimit } from './reload-limit.ts'

it('allows three reloads within 30 seconds', () => {
  const limit = createReloadLimit()
  const allowed = [0, 10_000, 20_000, 29_999, 30_000, 30_001, 40_000].map((time) => limit.mayReload(time))
  expect(allowed).toEqual([true, true, true, false, true, false, true])
})
