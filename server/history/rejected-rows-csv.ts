import type { Stringifier } from 'csv-stringify'
import { stringify } from 'csv-stringify'

/**
 * Makes the stream that turns rejected rows into CSV: lines end as RFC 4180 says, and a byte order mark tells
 * spreadsheets that it is UTF-8. Join keys and Heap's words come from outside, so that nothing in it may be taken for
 * a formula (https://owasp.org/www-community/attacks/CSV_Injection): csv-stringify puts an apostrophe before the
 * characters by which one begins, and `defuse` does where those are hidden.
 *
 * @param showsKeys else there is no column for the join key
 */
export function rejectedRowsCsv({ showsKeys }: { showsKeys: boolean }): Stringifier {
  return stringify({
    bom: true,
    header: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { string: defuse },
    columns: [
      { key: 'rowNumber', header: 'row' },
      ...(showsKeys ? [{ key: 'joinKey', header: 'join_key' }] : []),
      { key: 'reason', header: 'reason' },
      { key: 'meaning', header: 'meaning' },
      { key: 'text', header: 'heap_said' },
    ],
  })
}

/** What begins a formula, in any width: spreadsheets take compatible characters for the same. */
const BEGINS_FORMULA = /^[=+\-@]/

/** What spreadsheets may leave out at the beginning of a cell: spaces, controls, and what is not seen. */
const NOT_SEEN = /^[\s\p{C}\p{Z}]+/u

/** Line breaks, as tabs, may end one cell and begin the next when it is pasted. */
const BREAKS_OUT = /^[\t\r\n]/

function defuse(value: string): string {
  const seen = value.normalize('NFKC').replace(NOT_SEEN, '')
  return BREAKS_OUT.test(value) || BEGINS_FORMULA.test(seen) ? `'${value}` : value
}
