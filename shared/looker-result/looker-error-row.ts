import { isRecord } from '../is-record.ts'
import type { Complaint } from './complaint.ts'
import { complaintOfText } from './complaint.ts'

/** The key under which Looker puts an error among rows, as the plain JSON formats have no other place (observed). */
export const LOOKER_ERROR = 'looker_error'

/**
 * What Looker says in a row that is no row, `{"looker_error": "..."}`: also after good rows, when the query
 * fails while the result is being written. Null for a real row.
 *
 * @param announced is there a column of that name?
 */
export function complaintOfRow(row: Record<string, unknown>, announced: boolean): Complaint | null {
  if (announced || !Object.hasOwn(row, LOOKER_ERROR)) return null
  const error = row[LOOKER_ERROR]
  return complaintOfText(isRecord(error) && Object.hasOwn(error, 'value') ? error.value : error)
}
