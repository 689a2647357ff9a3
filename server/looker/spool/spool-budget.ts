import { LookerError } from '../looker-error.ts'

const GIGABYTE = 1024 ** 3

/** Most bytes of one spool, and so of the data that Looker may send along. It sends large results by URL. */
export const MAX_SPOOL_BYTES = 2 * GIGABYTE

/** Most bytes of all spools of the process together. */
const MAX_ALL_SPOOLS_BYTES = 4 * GIGABYTE

/** Bytes that spools may keep: the deliveries of a process share one temporary folder. */
export type SpoolBudget = {
  /**
   * Books bytes for a spool that holds `held` already.
   *
   * @throws LookerError `too-large` when one spool would be too large, `refused` when all together would be
   */
  book: (bytes: number, held: number) => void
  free: (bytes: number) => void
  /** Bytes booked now. */
  readonly booked: number
}

export function createSpoolBudget(
  maxAll: number = MAX_ALL_SPOOLS_BYTES,
  maxEach: number = MAX_SPOOL_BYTES,
): SpoolBudget {
  let booked = 0

  function book(bytes: number, held: number): void {
    if (held + bytes > maxEach) {
      throw new LookerError(
        `The data that Looker sent are larger than the ${sizeOf(maxEach)} that the action server keeps of one delivery. Split the Look into several by a filter.`,
        'too-large',
      )
    }
    if (booked + bytes > maxAll) {
      throw new LookerError(
        `The action server has no room for the data that Looker sent: all deliveries share ${sizeOf(maxAll)} of its temporary folder, and others hold them now. Send the Look again later, or schedule it for another time.`,
      )
    }
    booked += bytes
  }

  function free(bytes: number): void {
    booked -= bytes
  }

  return {
    book,
    free,
    get booked() {
      return booked
    },
  }
}

function sizeOf(bytes: number): string {
  return bytes >= GIGABYTE ? `${bytes / GIGABYTE} GB` : `${Math.ceil(bytes / 1024 ** 2)} MB`
}

/** Of this process: whoever opens a spool without a budget of its own shares this one. */
export const PROCESS_SPOOLS = createSpoolBudget()
