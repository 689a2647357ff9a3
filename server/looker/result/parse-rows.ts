import type { Row } from '../../../shared/looker-result/row-keys.ts'
import { decodeText } from '../json-stream/decode-text.ts'
import { parseJson } from '../json-stream/parse-json.ts'
import { quoteLongNumbers } from '../json-stream/quote-long-numbers.ts'
import { locateFault } from './locate-fault.ts'
import { brokenRow } from './result-faults.ts'
import type { RowBlock } from './slice-rows.ts'

/**
 * The rows of a block, parsed at once, which is faster than one by one. Integers beyond 2^53 and numbers beyond
 * the range of a double become their digits, as text.
 *
 * @param rowsBefore rows of the result before this block, for the message
 * @param isColumn is this the key of a column? Of a broken row a key may be part of a value, which is not told
 * @throws LookerError
 */
export function parseRows(
  block: Omit<RowBlock, 'table' | 'source'>,
  rowsBefore: number,
  isColumn: (key: string) => boolean,
): Row[] {
  try {
    const text = `[${decodeText(quoteLongNumbers(block.bytes, block.longNumbers))}]`
    return (block.escapedKeys ? parseJson(text) : JSON.parse(text)) as Row[]
  } catch {
    const { row, key, fault } = locateFault(block.bytes)
    throw brokenRow(rowsBefore + row + 1, key !== null && isColumn(key) ? key : null, fault)
  }
}
