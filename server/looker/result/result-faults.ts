import { countOf, formatCount, quoteList } from '../../../shared/text/text-list.ts'
import type { JsonFault } from '../looker-error.ts'
import { LookerError } from '../looker-error.ts'

const AGAIN = 'Send the Look again.'

/** For what is no accident of one delivery, as far as we can tell. */
const AGAIN_OR_ADMIN = 'Send the Look again; if it fails again, tell your Looker administrator.'

/** Location cells come as `33.8, -118.3` without quotes (looker-open-source/sdk-codegen #1551). */
const BREAKING =
  'Sending it again will not help: a value breaks what Looker writes, as values of location columns are known to.'

/**
 * What is wrong with a result that does not begin like one.
 *
 * @param first its first byte that is no white space, or `END`
 */
export function wrongStart(first: number): LookerError {
  switch (first) {
    case -1:
      return new LookerError(`Looker sent an empty result. ${AGAIN}`)
    case 0x3c /* < */:
      return new LookerError(
        `Looker sent a web page instead of the result: the download address may have been used already or asks for a login. ${AGAIN}`,
      )
    case 0x5b /* [ */:
      return new LookerError(
        "Looker's result is a plain list without column names. Choose JSON detail as the format of the schedule.",
      )
    default:
      return new LookerError(
        `Looker's result is not JSON. If the schedule has another format than JSON detail, change the format; if not: ${AGAIN_OR_ADMIN}`,
      )
  }
}

/** What is wrong with a result that could be read only so far. */
export function brokenResult(fault: JsonFault, rows: number): LookerError {
  switch (fault) {
    case 'ended':
      return new LookerError(
        `Looker's result broke off after ${countOf(rows, 'row')}. Send the Look again; if it breaks off there again, run it in Looker with all its rows to see what fails.`,
      )
    case 'syntax':
      return new LookerError(`Looker's result is not valid JSON. ${AGAIN_OR_ADMIN}`)
    case 'encoding':
      return new LookerError(
        `The part of Looker's result that describes its columns holds text that is not valid UTF-8. Tell your Looker administrator.`,
      )
    case 'depth':
      return new LookerError(`Looker's result is nested too deeply. Remove columns that hold lists.`)
    case 'size':
      return new LookerError(
        "The part of Looker's result that describes its columns is larger than 64 MB. Remove columns from the Look.",
      )
  }
}

export function missingRows(part: 'rows' | 'a list of rows'): LookerError {
  return new LookerError(`Looker's result does not hold ${part}. ${AGAIN_OR_ADMIN}`)
}

/** `json_bi` has its columns in `metadata` and its rows in `rows` (documented). */
export function otherFormat(): LookerError {
  return new LookerError(
    'Looker\'s result has its rows under "rows", as the format JSON BI does. Choose JSON detail as the format of the schedule.',
  )
}

/**
 * A row that is no JSON.
 *
 * @param column of which a value breaks it, when that is known
 */
export function brokenRow(
  row: number,
  column: string | null,
  fault: 'syntax' | 'encoding' | 'depth',
): LookerError {
  const what =
    fault === 'encoding'
      ? 'holds text that is not valid UTF-8'
      : fault === 'depth'
        ? 'is nested too deeply'
        : 'is not valid JSON'
  const where = column === null ? '' : ` in the column ${quoteList([column])}`
  const remedy =
    column === null
      ? 'Look at that row in Looker, and remove the column with the unusual value from the Look.'
      : 'Remove the column from the Look, or replace it by one that holds plain text or numbers.'
  return new LookerError(`Row ${formatCount(row)} of Looker's result ${what}${where}. ${BREAKING} ${remedy}`)
}

/** Something else than a comma between two rows. */
export function brokenAfterRow(row: number): LookerError {
  return new LookerError(
    `Looker's result is not valid JSON after row ${formatCount(row)}. ${BREAKING} Look at that row and the next one in Looker, and remove the column with the unusual value from the Look.`,
  )
}

export function noRow(row: number): LookerError {
  return new LookerError(
    `Row ${formatCount(row)} of Looker's result is not a row of columns. ${BREAKING} Look at the row before it in Looker; if there is nothing unusual, tell your Looker administrator.`,
  )
}
