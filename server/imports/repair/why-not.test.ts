import { expect, test, vi } from 'vitest'
import type { Retriable } from '../../database/repositories/repair/retry-repository.ts'
import { whyNot } from './why-not.ts'

const RETRIABLE: Retriable = {
  state: 'finished',
  settings: {} as Retriable['settings'],
  kept: 3,
  carried: 0,
  unkept: 0,
  isRetried: false,
  isDiscarded: false,
}

test('what came after an import is looked up only when the answer depends on it', async () => {
  const findLater = vi.fn(async () => [{ id: 7, isReading: false, isHeld: false, keys: null }])
  for (const own of [undefined, { state: 'sending' }, { isRetried: true }, { unkept: 1 }, { kept: 0 }]) {
    expect(await whyNot(own && { ...RETRIABLE, ...own }, findLater)).toMatch(/\.$/)
  }
  expect(findLater).not.toHaveBeenCalled()
  expect(await whyNot(RETRIABLE, findLater)).toContain('which rows import 7')
  expect(await whyNot(RETRIABLE, async () => [])).toBeNull()
})
