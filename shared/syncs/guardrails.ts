import type { PropertyFill } from '../api/import-detail.ts'
import type { Remark, RemarkCode } from '../report/remark.ts'
import { warning } from '../report/remark.ts'
import { countOf, formatCount, quoteList } from '../text/text-list.ts'
import { usualRows } from './usual-rows.ts'

/** A whole result, as far as guardrails look at it. */
export type GuardedImport = {
  received: number
  /** Rows that were neither rejected nor skipped. */
  entities: number
  /** Null: not counted. */
  properties: readonly PropertyFill[] | null
}

/** What the sync has imported before, without dry runs and rows that were sent once more. */
export type GuardedPast = {
  /** Rows received of its last whole imports, newest first. */
  wholeRows: readonly number[]
  /** Its last whole import. */
  last: GuardedImport | null
}

/** Fewer whole imports do not tell how many rows are usual. */
export const FEWEST_IMPORTS = 3

const FEW = 0.5
const MANY = 5

/** A property is called empty when its having no value by chance is less likely. */
const BY_CHANCE = 0.01

/** At least so large a share of the values of a property made its type. */
const NEARLY_ALL = 0.9

const NAMES_TOLD = 5

/**
 * What is unlike the earlier imports of a sync: how many rows came, and what fills the properties. Of what is not
 * known nothing is said. A property whose column is gone was taken out by somebody; that is not looked at here.
 */
export function guardrailRemarks(now: GuardedImport, past: GuardedPast): Remark[] {
  return [...remarksOfRows(now.received, past.wholeRows), ...remarksOfProperties(now, past.last)]
}

/** What may be said of the reading of a result that makes a delivery unusual as well: it ends where Looker cuts. */
const ENDS_AT_LIMIT: readonly RemarkCode[] = ['row_limit', 'result_truncated']

/**
 * Why somebody is to be asked before the rows of a delivery are sent, where the sync wants that; null: it is as usual.
 *
 * @param unusual what is unlike the earlier imports
 * @param remarks what was said while the result was read
 */
export function whyAsk(unusual: readonly Remark[], remarks: readonly Remark[]): string | null {
  const reasons = [...unusual, ...remarks.filter(({ code }) => ENDS_AT_LIMIT.includes(code))]
  return reasons.length === 0 ? null : [...new Set(reasons.map(({ text }) => text))].join(' ')
}

/** What makes a delivery unusual, of all that is said of one. */
const UNUSUAL: readonly RemarkCode[] = [
  'no_rows',
  'fewer_rows_than_usual',
  'more_rows_than_usual',
  'properties_emptied',
  'properties_changed_type',
  ...ENDS_AT_LIMIT,
]

/**
 * The same for receivers outside of Looker: without names of properties, since that of a pivoted one holds a cell value.
 * Null: nothing.
 *
 * @param remarks all that was said of the delivery
 */
export function whyAskUnnamed(remarks: readonly Remark[]): string | null {
  const texts = remarks.filter(({ code }) => UNUSUAL.includes(code)).map(unnamed)
  return texts.length === 0 ? null : [...new Set(texts)].join(' ')
}

function unnamed({ code, text, count = 1 }: Remark): string {
  const properties = countOf(count, 'property', 'properties')
  const have = count === 1 ? 'has' : 'have'
  if (code === 'properties_emptied') return `${properties} ${have} no value in any row any more.`
  if (code === 'properties_changed_type') return `${properties} ${have} changed between number and text.`
  return text
}

function remarksOfRows(rows: number, wholeRows: readonly number[]): Remark[] {
  const usual = wholeRows.length < FEWEST_IMPORTS ? null : usualRows(wholeRows)
  if (usual === null) return []
  if (rows === 0) {
    if (usual === 0) return []
    const text = `Usually ${countOf(usual, 'row')} ${usual === 1 ? 'comes' : 'come'}, now none did. Check the filters of the Look, and whether its data has been loaded.`
    return [warning('no_rows', text, 0)]
  }
  if (rows < usual * FEW) {
    const text = `${comes(rows)}, less than half of the usual ${formatCount(usual)}. Check the filters of the Look, and whether its data has been loaded.`
    return [warning('fewer_rows_than_usual', text, rows)]
  }
  // Where usually nothing comes, a few rows are nothing special.
  if (rows > Math.max(usual, 1) * MANY) {
    const text = `${comes(rows)}, more than five times the usual ${formatCount(usual)}. Check the filters and joins of the Look.`
    return [warning('more_rows_than_usual', text, rows)]
  }
  return []
}

function comes(rows: number): string {
  return `${countOf(rows, 'row')} came`
}

function remarksOfProperties(now: GuardedImport, last: GuardedImport | null): Remark[] {
  if (!now.properties || !last?.properties) return []
  const entities = entitiesOf(now)
  const lastEntities = entitiesOf(last)
  if (entities === 0) return []
  const before = new Map(last.properties.map((fill) => [fill.name, fill]))
  const emptied: string[] = []
  const toTexts: string[] = []
  const toNumbers: string[] = []
  for (const fill of now.properties) {
    const old = before.get(fill.name)
    if (!old || old.values === 0) continue
    const share = Math.min(1, old.values / lastEntities)
    if (fill.values === 0) {
      if ((1 - share) ** entities < BY_CHANCE) emptied.push(fill.name)
    } else if (old.numbers >= old.values * NEARLY_ALL && fill.texts > fill.values / 2) {
      toTexts.push(fill.name)
    } else if (old.texts >= old.values * NEARLY_ALL && fill.numbers > fill.values / 2) {
      toNumbers.push(fill.name)
    }
  }
  return [
    ...remarkOf('properties_emptied', emptied, ['has', 'have'], 'no value in any row any more'),
    ...remarkOf('properties_changed_type', toTexts, ['was a number', 'were numbers'], 'and came as text'),
    ...remarkOf('properties_changed_type', toNumbers, ['was text', 'were text'], 'and came as a number'),
  ]
}

/** Rows that Heap has refused by now had values all the same. */
function entitiesOf({ entities, properties }: GuardedImport): number {
  return (properties ?? []).reduce((most, { values }) => Math.max(most, values), entities)
}

function remarkOf(
  code: 'properties_emptied' | 'properties_changed_type',
  names: readonly string[],
  [one, several]: readonly [string, string],
  what: string,
): Remark[] {
  if (names.length === 0) return []
  const subject = names.length === 1 ? 'The property' : 'The properties'
  const text = `${subject} ${quoteList(names, NAMES_TOLD)} ${names.length === 1 ? one : several} ${what}. Check the ${names.length === 1 ? 'column' : 'columns'} of the Look.`
  return [warning(code, text, names.length)]
}
