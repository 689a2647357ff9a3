import type { OrderRepository } from '../../database/repositories/order-repository.ts'
import type { CancelRepository } from '../../database/repositories/repair/cancel-repository.ts'
import type { KeyRepository } from '../../database/repositories/repair/key-repository.ts'
import type { RemovalRepository } from '../../database/repositories/repair/removal-repository.ts'
import type { RetryRepository } from '../../database/repositories/repair/retry-repository.ts'
import type { ImportEvents } from '../import-events.ts'
import { heapTarget } from '../sync-target.ts'
import { createWakeablePause } from '../wakeable-pause.ts'
import { rejectCancelled } from './cancelled-rows.ts'
import { leaveOutCarried } from './carried-rows.ts'

/** How often to look for imports that were cancelled in another process. */
const POLL_MILLISECONDS = 1_000

/** How often to look for written keys that nobody needs any more. */
const SETTLE_EVERY_MILLISECONDS = 30_000

type RepairKeeperOptions = {
  order: OrderRepository
  cancels: CancelRepository
  removals: RemovalRepository
  keys: KeyRepository
  retries: RetryRepository
  events: ImportEvents
  onError: (error: unknown) => void
}

export type RepairKeeper = ReturnType<typeof startRepairKeeper>

/** Takes away what waits of cancelled imports, and uses up what later imports have told of their keys. */
export function startRepairKeeper(options: RepairKeeperOptions) {
  const { order, cancels, removals, keys, retries, events, onError } = options
  const pause = createWakeablePause()
  let isStopping = false
  let settledAt = performance.now()

  function onFinished(ids: readonly number[]): void {
    events.emit('decided', ids)
  }

  async function lookAfterCancelled(): Promise<void> {
    const imports = await cancels.cancelled()
    if (imports.length === 0) return
    events.emit(
      'cancelled',
      imports.map(({ id }) => id),
    )
    for (const entry of imports) {
      if (isStopping) return
      await rejectCancelled(entry, { order, removals }, onFinished).catch(onError)
    }
  }

  async function settleKeys(): Promise<void> {
    if (performance.now() - settledAt < SETTLE_EVERY_MILLISECONDS) return
    for (const { id, older } of await keys.settled()) {
      if (isStopping) return
      // One whose keys cannot be read does not keep the others from being used up; it goes with its age.
      await useUp(id, older).catch(onError)
    }
    settledAt = performance.now()
  }

  async function useUp(id: number, older: readonly number[]): Promise<void> {
    for (const olderId of older) {
      const retriable = await retries.retriable(olderId)
      if (retriable) await leaveOutCarried(keys, olderId, heapTarget(retriable.settings), [{ id }])
    }
    await keys.drop(id)
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      pause.reset()
      await lookAfterCancelled().catch(onError)
      await settleKeys().catch(onError)
      if (!isStopping) await pause.wait(POLL_MILLISECONDS)
    }
  }

  const running = run()
  return {
    /** An import has just been cancelled here. */
    wake: () => pause.wake(),
    async stop(): Promise<void> {
      isStopping = true
      pause.wake()
      await running
    },
  }
}
