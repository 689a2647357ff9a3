import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import { startHousekeeping } from './housekeeping.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function start(isOnlyProcess: boolean) {
  const imports = {
    ping: vi.fn(async () => undefined),
    closeAbandoned: vi.fn(async (_unseenSeconds: number) => []),
    finishDecided: vi.fn(async () => []),
    deleteOld: vi.fn(async (_keep: object) => undefined),
    reclaimSpace: vi.fn(async () => undefined),
  }
  const onError = vi.fn()
  const discardOld = vi.fn(async () => undefined)
  const housekeeping = await startHousekeeping(
    imports as unknown as ImportRepository,
    isOnlyProcess,
    { imports: 90, rejectedRows: 14 },
    onError,
    undefined,
    discardOld,
  )
  return {
    imports,
    discardOld,
    onError,
    housekeeping,
    closed: () => imports.closeAbandoned.mock.calls.map(([unseen]) => unseen),
  }
}

test('alone on its database, it closes at once whatever is open', async () => {
  const { closed, housekeeping } = await start(true)
  expect(closed()).toEqual([0])
  housekeeping.stop()
})

test('others have 30 seconds to show that they read', async () => {
  const { closed, housekeeping } = await start(false)
  expect(closed()).toEqual([150])
  await vi.advanceTimersByTimeAsync(29_000)
  expect(closed()).toEqual([150])
  await vi.advanceTimersByTimeAsync(11_000)
  expect(closed()).toEqual([150, 30, 30])
  housekeeping.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(closed()).toHaveLength(3)
})

test('after a time without the database readers have their 30 seconds anew', async () => {
  const { imports, closed, onError, housekeeping } = await start(false)
  await vi.advanceTimersByTimeAsync(60_000)
  const before = closed().length
  imports.ping.mockRejectedValue(new Error('away'))
  await vi.advanceTimersByTimeAsync(45_000)
  expect(onError).toHaveBeenCalledTimes(4)
  imports.ping.mockResolvedValue(undefined)
  await vi.advanceTimersByTimeAsync(34_000)
  expect(closed()).toHaveLength(before)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(closed()).toHaveLength(before + 1)
  housekeeping.stop()
})

test('what nobody has decided about is discarded at the start, and every hour', async () => {
  const { discardOld, housekeeping } = await start(true)
  expect(discardOld).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(3 * 3_600_000)
  expect(discardOld).toHaveBeenCalledTimes(4)
  housekeeping.stop()
})

test('what is old is deleted at the start, and every day', async () => {
  const { imports, housekeeping } = await start(true)
  await vi.waitFor(() => expect(imports.reclaimSpace).toHaveBeenCalledTimes(1))
  expect(imports.deleteOld.mock.calls).toEqual([[{ imports: 90, rejectedRows: 14 }]])
  await vi.advanceTimersByTimeAsync(3 * 24 * 3_600_000)
  expect(imports.deleteOld).toHaveBeenCalledTimes(4)
  expect(imports.reclaimSpace.mock.calls.length).toBeGreaterThanOrEqual(3 * 24)
  housekeeping.stop()
})
