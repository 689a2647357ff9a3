import { CANCELLED } from '../../database/repositories/repair/repair-texts.ts'
import { DeliveryError } from '../delivery-error.ts'
import type { ImportEvents } from '../import-events.ts'

export type CancelSignals = ReturnType<typeof createCancelSignals>

/** Tells those of this process who work on an import that somebody, here or elsewhere, has cancelled it. */
export function createCancelSignals(events: ImportEvents) {
  const controllers = new Map<number, AbortController>()
  events.on('cancelled', (ids) => {
    for (const id of ids) controllers.get(id)?.abort(new DeliveryError(CANCELLED))
  })

  return {
    /**
     * Does something that ends early when the import is cancelled or `stopping` is aborted. Of an import that is
     * cancelled the reason of the signal is the DeliveryError that says so.
     */
    async during<T>(
      importId: number,
      stopping: AbortSignal,
      work: (signal: AbortSignal) => Promise<T>,
    ): Promise<T> {
      const controller = new AbortController()
      controllers.set(importId, controller)
      try {
        return await work(AbortSignal.any([stopping, controller.signal]))
      } finally {
        controllers.delete(importId)
      }
    },
  }
}
