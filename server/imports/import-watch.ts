import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportRecord, ImportRepository } from '../database/import-repository.ts'

/** How often to look at an import that another process may finish. */
const POLL_MILLISECONDS = 1_000

export type ImportWatch = ReturnType<typeof createImportWatch>

/**
 * Waits for imports to finish, here or in another process.
 *
 * @param deniedMs after so long of denials by Heap nobody waits on
 */
export function createImportWatch(imports: ImportRepository, deniedMs: number) {
  const waiters = new Map<number, Set<() => void>>()

  return {
    /** Tells those who wait that these imports have finished. */
    finished(importIds: readonly number[]): void {
      for (const id of importIds) for (const wake of waiters.get(id) ?? []) wake()
    },

    /**
     * The import once it is finished, or as it stands when Heap has only denied for long, or when `signal` is
     * aborted first.
     *
     * @throws Error when there is no such import
     */
    async wait(importId: number, signal: AbortSignal): Promise<ImportRecord> {
      for (;;) {
        const record = await imports.find(importId)
        if (!record) throw new Error(`there is no import ${importId}`)
        const isDenied = record.denial !== null && record.denial.forMs >= deniedMs
        if (record.state === 'finished' || isDenied || signal.aborted) return record
        await pause(importId, signal)
      }
    },
  }

  async function pause(importId: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    const wake = () => woken.abort()
    const others = waiters.get(importId) ?? new Set()
    waiters.set(importId, others.add(wake))
    signal.addEventListener('abort', wake)
    await sleep(POLL_MILLISECONDS, undefined, { signal: woken.signal }).catch(() => undefined)
    signal.removeEventListener('abort', wake)
    others.delete(wake)
    if (others.size === 0) waiters.delete(importId)
  }
}
