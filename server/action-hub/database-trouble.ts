import { errorCode } from '../../shared/error-code.ts'
import { isPassing } from '../database/engine/patiently.ts'

const AGAIN =
  'What was imported before that is not lost. Send the Look again in a few minutes, or tell the person who runs the server.'

/** PostgreSQL's code for a disk that is full. */
const DISK_FULL = '53100'

/** What Looker is told when an import stopped because of the database; null for all other errors. */
export function describeDatabaseTrouble(error: unknown): string | null {
  if (!isPassing(error)) return null
  return errorCode(error) === DISK_FULL
    ? `The database of the Heap action server has no room left on its disk, so the import stopped. ${AGAIN}`
    : `The Heap action server cannot reach its database, so the import stopped. ${AGAIN}`
}
