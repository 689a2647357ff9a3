import type { Column } from '../looker-result/columns.ts'
import type { LocalTimeReader } from './local-time.ts'
import { createLocalTimeReader, isTimeType } from './local-time.ts'

/**
 * Makes the function that answers how the values of a column are read as times; null for a column without.
 *
 * @param timezone of the query, for time columns that Looker converted
 */
export function createTimeReaders(timezone: string | null): (column: Column) => LocalTimeReader | null {
  const converted = createLocalTimeReader(timezone)
  const unconverted = createLocalTimeReader(null)
  return ({ type, isConverted }) => (isTimeType(type) ? (isConverted ? converted : unconverted) : null)
}
