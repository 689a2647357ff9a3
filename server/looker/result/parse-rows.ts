import type { Row } from '../../../shared/row-mapper.ts'
import { formatCount } from '../../../shared/text-list.ts'
import { decodeText } from '../json-stream/decode-text.ts'
import { jsonFaultOf } from '../json-stream/json-fault.ts'
import { parseJson } from '../json-stream/parse-json.ts'
import { quoteLongNumbers } from '../json-stream/quote-long-numbers.ts'
import { LookerError } from '../looker-error.ts'
import type { RowBlock } from './slice-rows.ts'

/**
 * The rows of a block, parsed at once, which is faster than one by one. Integers beyond 2^53 and numbers beyond
 * the range of a double become their digits, as text.
 *
 * @param rowsBefore rows of the result before this block, for the message
 * @throws LookerError
 */
export function parseRows(block: RowBlock, rowsBefore: number): Row[] {
  try {
    const text = `[${decodeText(quoteLongNumbers(block.bytes, block.longNumbers))}]`
    return (block.escapedKeys ? parseJson(text) : JSON.parse(text)) as Row[]
  } catch (error) {
    const fault =
      jsonFaultOf(error) === 'encoding' ? 'text that is not valid UTF-8' : 'something that is not valid JSON'
    const last = rowsBefore + block.rows
    const where =
      block.rows === 1
        ? `Row ${formatCount(last)}`
        : `One of the rows ${formatCount(rowsBefore + 1)} to ${formatCount(last)}`
    throw new LookerError(`${where} of Looker's result holds ${fault}. Send the Look again.`)
  }
}
