import { countOf } from '../../../shared/text-list.ts'
import type { JsonFault } from '../looker-error.ts'
import { LookerError } from '../looker-error.ts'

const AGAIN = 'Send the Look again.'

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
        "Looker's result is a plain list without column names. Send it in the format JSON detail.",
      )
    default:
      return new LookerError("Looker's result is not JSON. Send it in the format JSON detail.")
  }
}

/** What is wrong with a result that could be read only so far. */
export function brokenResult(fault: JsonFault, rows: number): LookerError {
  switch (fault) {
    case 'ended':
      return new LookerError(`Looker's result broke off after ${countOf(rows, 'row')}. ${AGAIN}`)
    case 'syntax':
      return new LookerError(`Looker's result is not valid JSON. ${AGAIN}`)
    case 'encoding':
      return new LookerError(`Looker's result holds text that is not valid UTF-8. ${AGAIN}`)
    case 'depth':
      return new LookerError(`Looker's result is nested too deeply. Remove columns that hold lists.`)
    case 'size':
      return new LookerError(
        "The part of Looker's result that describes its columns is larger than 64 MB. Remove columns from the Look.",
      )
  }
}

export function missingPart(part: 'fields' | 'rows' | 'a list of rows'): LookerError {
  return new LookerError(
    part === 'fields'
      ? `Looker's result does not say which columns it has. Send it in the format JSON detail.`
      : `Looker's result does not hold ${part}. ${AGAIN}`,
  )
}

/** @param complaint of `lookerComplaint` */
export function refusedByLooker(complaint: string): LookerError {
  const reason = complaint === '' ? '.' : `: ${complaint.replace(/\.$/, '')}.`
  return new LookerError(
    `Looker reports an error in the query of this Look${reason} Open the Look, correct it and send it again.`,
  )
}
