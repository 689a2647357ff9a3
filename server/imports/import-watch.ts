import type { ImportRecord } from '../database/repositories/import-record.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import type { ImportEvents } from './import-events.ts'
import { createWakeablePause } from './wakeable-pause.ts'

/** How often to look at an import that another process may finish. */
const POLL_MILLISECONDS = 1_000

export type ImportWatch = ReturnType<typeof createImportWatch>

/**
 * Waits for imports to finish, here or in another process.
 *
 * @param deniedMs after so long of denials by Heap nobody waits on
 */
export function createImportWatch(imports: ImportRepository, events: ImportEvents, deniedMs: number) {
  const waiters = new Map<number, Set<() => void>>()
  events.on('decided', (finishedIds) => {
    for (const id of finishedIds) for (const wake of waiters.get(id) ?? []) wake()
  })

  return {
    /**
     * The import once it is finished, or as it stands when Heap has only denied for long, when it waits for somebody to
     * decide, or when `signal` is aborted first.
     *
     * @throws Error when there is no such import
     */
    async wait(importId: number, signal: AbortSignal): Promise<ImportRecord> {
      for (;;) {
        // Waiting begins before looking: what happens in between is not missed.
        const pause = startPause(importId, signal)
        try {
          const record = await imports.find(importId)
          if (!record) throw new Error(`there is no import ${importId}`)
          const isDenied = record.denial !== null && record.denial.forMs >= deniedMs
          if (record.state === 'finished' || isDenied || record.heldBecause !== null || signal.aborted) {
            return record
          }
          await pause.wait()
        } finally {
          pause.end()
        }
      }
    },
  }

  function startPause(importId: number, signal: AbortSignal) {
    const { wake, wait } = createWakeablePause()
    const others = waiters.get(importId) ?? new Set()
    waiters.set(importId, others.add(wake))
    signal.addEventListener('abort', wake)
    return {
      /** Resolves when it is woken, also when that was before, or after a while. */
      wait: () => wait(POLL_MILLISECONDS),
      end(): void {
        signal.removeEventListener('abort', wake)
        others.delete(wake)
        if (others.size === 0) waiters.delete(importId)
      },
    }
  }
}
