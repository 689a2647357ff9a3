import type { Verdict } from '../../shared/report/import-message.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'

export type Answers = ReturnType<typeof createAnswers>

/** Keeps what Looker was given, for people who ask later: nobody waits for it but the end of the server. */
export function createAnswers(
  imports: Pick<ImportRepository, 'recordAnswer'>,
  onError: (error: unknown) => void,
) {
  const writing = new Set<Promise<void>>()
  return {
    keep(importId: number, verdict: Verdict): void {
      const written = imports
        .recordAnswer(importId, verdict)
        .catch(onError)
        .finally(() => writing.delete(written))
      writing.add(written)
    },

    /** Resolves when all that was given has been written. */
    async written(): Promise<void> {
      await Promise.all(writing)
    },
  }
}
