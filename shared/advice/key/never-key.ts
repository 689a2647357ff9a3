import type { AdvisedColumn } from '../advised-column.ts'
import { fieldWords } from '../subject.ts'

const MONEY = new Set(
  'income revenue price cost amount spend spent salary ltv arr mrr value balance payment total budget fee gmv profit margin usd eur'.split(
    ' ',
  ),
)

/** Looker's types of times, yes/no, ranges and places. */
const NO_KEY_TYPE = /^(date|time|yesno|duration|tier|bin|location|zipcode|distance)/

/** A key that most rows share with others names groups, not people. */
const LEAST_DISTINCT = 0.5
/** Of fewer keys it cannot be told. */
const FEWEST = 4

/** Is the column one that is never suggested as join key, whatever it is called, tagged or unique by chance? */
export function isNeverKey(advised: AdvisedColumn): boolean {
  const { column, facts } = advised
  if (column.pivot !== null || (facts && facts.kind !== 'dimension')) return true
  if (column.type !== null && NO_KEY_TYPE.test(column.type)) return true
  if (
    fieldWords(column)
      .flat()
      .some((word) => MONEY.has(word))
  )
    return true
  if (facts?.valueFormat && /[$€£¥%]|0\.0/.test(facts.valueFormat)) return true
  return advised.stats.fractions > 0 || isLowCardinality(advised)
}

function isLowCardinality({ stats }: AdvisedColumn): boolean {
  const keys = stats.distinct + stats.duplicates
  return keys >= FEWEST && stats.distinct < keys * LEAST_DISTINCT
}
