import { quoteLongNumbers } from '../json-stream/quote-long-numbers.ts'
import { FALSE, NULL, ODD_NUMBER, TRUE } from './cell.ts'

/** The value of a cell as the parser of whole rows gives it: long numbers as their digits. */
export function parseCell(
  source: Buffer,
  from: number,
  end: number,
  kind: number,
): string | number | boolean | null {
  switch (kind) {
    case NULL:
      return null
    case TRUE:
      return true
    case FALSE:
      return false
    case ODD_NUMBER:
      return JSON.parse(quoteLongNumbers(source.subarray(from, end), [0]).toString('latin1'))
    default:
      return JSON.parse(source.toString('utf8', from, end))
  }
}
