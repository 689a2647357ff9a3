import type { Outcome } from '../finding.ts'
import { fine, notChecked, problem } from '../finding.ts'

/** What waits for Heap may take 4 GiB; with less than this a large delivery may not fit. */
const ENOUGH_BYTES = 5 * 1024 ** 3
const LITTLE_BYTES = 1024 ** 3

/** @param freeBytes of the disk of DATA_DIR; null: the database is elsewhere */
export function checkDisk(freeBytes: number | null): Outcome {
  if (freeBytes === null) return notChecked('the database is on a server of its own', 'Watch its disk there.')
  const found = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`
  if (freeBytes < LITTLE_BYTES)
    return problem(found, 'Make room on the disk of DATA_DIR, or move it to a larger one.')
  if (freeBytes < ENOUGH_BYTES) {
    return {
      state: 'warning',
      found,
      remedy: 'Rows that wait for Heap may take 4 GiB: make room before that.',
    }
  }
  return fine(found)
}
