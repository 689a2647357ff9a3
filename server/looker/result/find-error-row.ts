import { refusalMessage } from '../../../shared/looker-result/complaint.ts'
import { complaintOfRow, LOOKER_ERROR } from '../../../shared/looker-result/looker-error-row.ts'
import type { Row } from '../../../shared/looker-result/row-keys.ts'
import { LookerError } from '../looker-error.ts'

/** Rows up to one in which Looker says that the query has failed, and what it says there. */
type CheckedRows = { rows: Row[]; error: LookerError | null }

/** @param announced is there a column called as Looker calls its errors? */
export function findErrorRow(rows: Row[], announced: boolean): CheckedRows {
  const index = rows.findIndex((row) => Object.hasOwn(row, LOOKER_ERROR))
  const complaint = complaintOfRow(rows[index] ?? {}, announced)
  if (complaint === null) return { rows, error: null }
  return { rows: rows.slice(0, index), error: new LookerError(refusalMessage([complaint])) }
}
