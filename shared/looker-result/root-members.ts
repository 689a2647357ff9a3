import { isRecord } from '../is-record.ts'
import type { Remark } from '../report/remark.ts'
import { note, warning } from '../report/remark.ts'
import { shorten } from '../text/shorten.ts'
import { quoteList } from '../text/text-list.ts'
import type { Complaint } from './complaint.ts'
import {
  complaintOfEntry,
  complaintOfStatus,
  complaintOfText,
  entriesOf,
  isNote,
  saysNothing,
} from './complaint.ts'
import { LOOKER_ERROR } from './looker-error-row.ts'
import { readLimit } from './row-limits.ts'
import { asClause, withoutValues } from './safe-text.ts'

/** What one root member says of the result. */
type Said = { complaints: Complaint[]; remarks: Remark[] }

/**
 * The members by which Looker says that a result is not what was asked for. Those of `json_detail_lite_stream`
 * were seen in published bodies, those of `json_detail` are documented; see the facts on formats.
 */
const READERS: Record<string, (value: unknown) => Said> = {
  errors: readErrors,
  sql_error: (value) => complain(saysNothing(value) ? [] : [complaintOfText(value)]),
  error: (value) => complain(saysNothing(value) ? [] : [complaintOfText(value)]),
  // Also a false or empty one: where it stands there are no rows to follow.
  [LOOKER_ERROR]: (value) => complain([complaintOfText(value)]),
  status: readStatus,
  truncated: (value) =>
    flag(
      value,
      'result_truncated',
      'Looker says that it cut the result, so rows are missing. Choose All Results as the limit when you send or schedule the Look.',
    ),
  column_truncated: (value) =>
    flag(
      value,
      'columns_truncated',
      'Looker says that it cut the columns of the result, so pivoted columns are missing. Raise the column limit of the Look.',
    ),
  expired: (value) =>
    flag(value, 'result_expired', 'Looker says that the result is out of date. Run the Look anew.'),
  warnings: readWarnings,
  timezone: (value) => expectType('timezone', value, typeof value === 'string'),
  applied_limit: (value) => expectType('applied_limit', value, readLimit(value) !== 'unknown'),
  applied_column_limit: (value) => expectType('applied_column_limit', value, readLimit(value) !== 'unknown'),
}

/** Root members that say nothing against the result; `data`, `fields` and `pivots` are read elsewhere. */
const HARMLESS = new Set([
  'added_params',
  'aggregate_table_used_info',
  'applied_filter_expression',
  'applied_filters',
  'cache_key',
  'can_see_sql',
  'data',
  'explore',
  'fields',
  'fill_fields',
  'from_cache',
  'has_row_totals',
  'has_totals',
  'id',
  'name',
  'null_sort_treatment',
  'number_format',
  'pivot_hack_undone',
  'pivots',
  'ran_at',
  'runtime',
  'sql',
  'sql_explain',
  'supports_pivot_in_db',
  'totals_data',
])

/** Names of unknown members that may speak against the result. */
const SUSPICIOUS =
  /err|fail|exception|fault|warn|message|problem|trunc|incomplete|partial|abort|cancel|kill|time_?out|timed|limit|exceed|missing|omitted/i

/** Reads a root member. Of an unknown one that is not empty there is a remark. */
export function readRootMember(key: string, value: unknown): Said {
  const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined
  if (read) return read(value)
  if (HARMLESS.has(key) || saysNothing(value)) return NOTHING
  const name = quoteList([shorten(key, 60)])
  return remarked(
    SUSPICIOUS.test(key)
      ? warning(
          'unknown_member',
          `The result has a member ${name} that this server does not know; it may say that the result is not whole. Compare the import with the Look.`,
        )
      : note('unknown_member', `The result has a member ${name} that this server does not know.`),
  )
}

const NOTHING: Said = { complaints: [], remarks: [] }

function complain(complaints: Complaint[]): Said {
  return { complaints, remarks: [] }
}

function remarked(...remarks: Remark[]): Said {
  return { complaints: [], remarks }
}

function readErrors(value: unknown): Said {
  const entries = entriesOf(value)
  return {
    complaints: entries.filter((entry) => !isNote(entry)).map(complaintOfEntry),
    remarks: entries.filter(isNote).map((entry) => {
      const { text } = complaintOfEntry(entry)
      return note('looker_note', text === '' ? 'Looker notes something without a text.' : said('notes', text))
    }),
  }
}

function readStatus(value: unknown): Said {
  if (value === null || value === '') return NOTHING
  if (typeof value !== 'string') return expectType('status', value, false)
  return complain(value.trim().toLowerCase() === 'complete' ? [] : [complaintOfStatus(value)])
}

/** A member that is true, false or null; whatever else stands there is taken for true. */
function flag(value: unknown, code: Remark['code'], text: string): Said {
  return saysNothing(value) ? NOTHING : remarked(warning(code, text))
}

function readWarnings(value: unknown): Said {
  const entries = entriesOf(value)
  return remarked(
    ...entries.map((entry) => {
      const text = isRecord(entry) ? complaintOfEntry(entry).text : complaintOfText(entry).text
      return warning('looker_warning', text === '' ? 'Looker warns without a text.' : said('warns', text))
    }),
  )
}

function said(verb: string, text: string): string {
  return `Looker ${verb}: ${asClause(withoutValues(text))}.`
}

function expectType(key: string, value: unknown, isKnown: boolean): Said {
  if (isKnown || value === null || value === undefined) return NOTHING
  return remarked(
    warning('unknown_member', `The result's member "${key}" is not what this server expects there.`),
  )
}
