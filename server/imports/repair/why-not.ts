import { countOf } from '../../../shared/text/text-list.ts'
import type { LaterImport } from '../../database/repositories/repair/key-repository.ts'
import type { Retriable } from '../../database/repositories/repair/retry-repository.ts'

/**
 * Why an import cannot be retried, and what to do instead; null: it can, as far as is known.
 *
 * @param findLater looks up what came after it: tens of thousands of imports, of a large sync, so that it is asked
 *   only where the answer depends on it
 */
export async function whyNot(
  retriable: Retriable | undefined,
  findLater: () => Promise<readonly LaterImport[]>,
): Promise<string | null> {
  return whyNotItself(retriable) ?? whyNotAfter(await findLater())
}

/** The same as far as it is the import's own matter. */
export function whyNotItself(retriable: Retriable | undefined): string | null {
  if (!retriable) return 'There is no such import.'
  if (retriable.isDiscarded) {
    return 'The delivery was discarded, so that nothing of it is kept. Send the Look again when its rows are wanted after all.'
  }
  if (retriable.state !== 'finished') {
    return 'The import is still under way: its rows are tried again by themselves. Wait for its end, or cancel it first.'
  }
  if (retriable.isRetried) return 'The import is being retried at this moment.'
  if (retriable.unkept > 0) {
    return `${countOf(retriable.unkept, 'row')} could not be kept for another try, as too many rows of other imports are. Send the Look again.`
  }
  if (retriable.kept === 0 && retriable.carried > 0) {
    return 'Later imports have brought all the rows that could be tried again: look at the newest one.'
  }
  if (retriable.kept === 0) {
    return 'Nothing of the import can be tried again: only rows that Heap refused or did not take in time, and those of a cancelled import, can, until they are deleted or retried. Correct the other rows in Looker and send the Look again.'
  }
  return null
}

/** The same as far as it is that of the imports after it. */
export function whyNotAfter(later: readonly LaterImport[]): string | null {
  if (later.some(({ isReading }) => isReading)) {
    return 'A later import of the sync is being read, and may bring the same rows. Try again when it has been read.'
  }
  const held = later.find(({ isHeld }) => isHeld)
  if (held) {
    return `Import ${held.id}, which came later, waits for somebody to release or discard it, and may have brought the same rows. Decide about it first.`
  }
  const unknown = later.find(({ keys }) => keys === null)
  return unknown ? notKnown(unknown.id) : null
}

/** Which keys a later import has brought cannot be told. */
export function notKnown(laterId: number): string {
  return `It is not known which rows import ${laterId}, which came later, has brought, so that old values could replace new ones. Send the Look again.`
}
