import type { Remark } from '../report/remark.ts'
import { warning } from '../report/remark.ts'
import type { ResultHeader } from './columns.ts'
import type { Complaint } from './complaint.ts'
import { headFailure } from './head-failure.ts'
import type { HeadReading } from './read-head.ts'
import { readHead } from './read-head.ts'
import { readRootMember } from './root-members.ts'
import { readLimit, remarksOfPivotCount, remarksOfRowCount } from './row-limits.ts'

/** The limits of the query that Looker was to run; null: none, or unknown. */
export type QueryLimits = { rowLimit: number | null; columnLimit: number | null }

export const NO_LIMITS: QueryLimits = { rowLimit: null, columnLimit: null }

/**
 * Looker's word on one result, read as it comes: the one place where a result's root members are judged, for
 * the server, which reads a stream, and for the wizard's sample alike.
 */
export type ResultReading = {
  /** A root member beside `data`. Of those that come twice the last one counts, but every complaint does. */
  add: (key: string, value: unknown) => void
  /** Can rows be read with what has come so far? In `json_detail` members may stand after the rows. */
  isComplete: () => boolean
  /** The columns. What describes them and comes after the first call is only remarked. */
  head: () => HeadReading
  /** Whatever speaks against the result so far; with any it must not count as a success. */
  complaints: () => Complaint[]
  /** What has been remarked since the last call. */
  takeRemarks: () => Remark[]
  /** Said at the end, when all rows are known. */
  remarksOfSize: (rows: number) => Remark[]
  /** Why there is no head, for the analyst. */
  headFailure: (reason: 'missing' | 'unknown') => string
}

/** Kept for `readHead`, for limits, and for an error of Looker's API; the other values, such as `sql`, are not. */
const KEPT = ['fields', 'pivots', 'timezone', 'applied_limit', 'applied_column_limit', 'message']

/** Most remarks of one result; a hostile one must not fill memory. */
const MOST_REMARKS = 50

export function createResultReading(query: QueryLimits = NO_LIMITS): ResultReading {
  const members = new Map<string, unknown>()
  const complaints: Complaint[] = []
  let remarks: Remark[] = []
  let remarked = 0
  let head: HeadReading | undefined
  let used: HeadReading | undefined

  function remark(more: readonly Remark[]): void {
    const room = Math.max(0, MOST_REMARKS - remarked)
    remarks.push(...more.slice(0, room))
    remarked += more.length
  }

  function add(key: string, value: unknown): void {
    const said = readRootMember(key, value)
    complaints.push(...said.complaints)
    remark(said.remarks)
    if (!KEPT.includes(key)) return
    members.set(key, value)
    head = undefined
    if (used?.kind === 'read' && !isSameHead(used.header, currentHead())) {
      remark([
        warning(
          'unknown_field',
          'Looker describes the columns of the result once more after the rows, and differently; the first description was used. Compare the import with the Look.',
        ),
      ])
    }
  }

  function currentHead(): HeadReading {
    head ??= readHead(members)
    return head
  }

  function isComplete(): boolean {
    const reading = currentHead()
    if (reading.kind === 'failed' || !members.has('timezone')) return false
    return reading.header.fields.pivots.length === 0 || members.has('pivots')
  }

  function takeHead(): HeadReading {
    if (used === undefined || used.kind === 'failed') {
      used = currentHead()
      if (used.kind === 'read') remark(used.remarks)
    }
    return used
  }

  function limitOf(key: string): number | null {
    const limit = readLimit(members.get(key))
    return limit === 'unknown' ? null : limit
  }

  return {
    add,
    isComplete,
    head: takeHead,
    complaints: () => complaints,
    takeRemarks() {
      const taken = remarks
      remarks = []
      return taken
    },
    remarksOfSize(rows) {
      const pivots = used?.kind === 'read' ? used.header.pivots.filter(({ is_total }) => !is_total) : []
      return [
        ...remarksOfRowCount(rows, [query.rowLimit, limitOf('applied_limit')]),
        ...remarksOfPivotCount(pivots.length, [query.columnLimit, limitOf('applied_column_limit')]),
      ]
    },
    headFailure: (reason) => headFailure(reason, members.get('message')),
  }
}

function isSameHead(used: ResultHeader, later: HeadReading): boolean {
  return later.kind === 'read' && JSON.stringify(later.header) === JSON.stringify(used)
}
