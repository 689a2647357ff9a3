import type { Neighbour } from '../../../../shared/advice/names/property-neighbours.ts'
import { MAX_PROPERTY_CHARACTERS } from '../../../../shared/heap-limits.ts'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyNames, PropertyProblem } from '../../../../shared/rows/property-plan.ts'
import { importedProperties, propertyName, propertyProblems } from '../../../../shared/rows/property-plan.ts'
import type { PropertyType } from '../../../../shared/settings/sync-settings.ts'
import { quoteList } from '../../../../shared/text/text-list.ts'
import { share } from '../../../sample/share.ts'
import type { SampledColumn } from '../../../sample/use-sample.ts'
import type { RowHint } from './row-hints.ts'
import { rowHints, wantsEmail } from './row-hints.ts'

/** One line of the table of properties: a field of the Look; a pivoted one stands for several columns. */
export type PropertyRow = {
  /** `orders.count` */
  name: string
  /** What the property is called unless it is renamed. */
  label: string
  type: string | null
  /** Those that are not hidden; all of a field that is hidden as a whole. */
  columns: Column[]
  /** Of a pivoted field: columns that the Look hides beside those that it shows. */
  hiddenColumns: Column[]
  examples: string[]
  /** Shares of its rows: that are filled, and of these the different ones. */
  filled: string
  distinct: string
  /** Has one value in a row. */
  canBeKey: boolean
  state: 'imported' | 'excluded' | 'hidden' | 'join_key'
  /** As typed; for a pivoted field the part before the pivot's value. */
  property: string
  /** The properties in Heap; several for a pivoted field. */
  properties: string[]
  /** What keeps the field from being sent. */
  problems: string[]
  /** What is worth knowing. */
  hints: RowHint[]
  /** A better name, offered with a button. */
  suggestion: string | null
}

/** What is chosen of a Look's columns, and what other syncs write. */
type Mapping = {
  /** Not a property itself; null: none is chosen. */
  joinKey: Column | null
  names: PropertyNames
  propertyType: PropertyType
  neighboursOf: (property: string) => Neighbour[]
}

export function propertyRows(
  sampled: readonly SampledColumn[],
  { joinKey, names, propertyType, neighboursOf }: Mapping,
): PropertyRow[] {
  const columns = sampled.map(({ column }) => column)
  const problems = propertyProblems(importedProperties(columns, joinKey, names))
  const excluded = new Set(names.exclude)
  return [...Map.groupBy(sampled, ({ column }) => column.name)].map(([name, same]) => {
    const [first] = same
    if (!first) throw new Error('a group is never empty')
    const { column } = first
    const label = baseLabel(column)
    const visible = same.filter((entry) => !entry.column.hidden)
    const used = visible.length > 0 ? visible : same
    const hiddenColumns = same.filter((entry) => !used.includes(entry)).map((entry) => entry.column)
    const state = stateOf(name, visible.length === 0, joinKey, excluded)
    const property = Object.hasOwn(names.rename, name) ? (names.rename[name] ?? label) : label
    const own = problems.filter((problem) => problem.columns.some((affected) => affected.name === name))
    const properties = used.map((entry) => propertyName(entry.column, names))
    const suggestion = state === 'imported' && wantsEmail(first, property, propertyType) ? 'email' : null
    const { stats } = first
    return {
      name,
      label,
      type: column.type,
      columns: used.map((entry) => entry.column),
      hiddenColumns,
      examples: [...new Set(used.flatMap(({ stats }) => stats.examples))].slice(0, 3),
      filled: stats.rows > 0 ? share(stats.filled, stats.rows) : '-',
      distinct: stats.filled > 0 ? share(stats.distinct, stats.filled) : '-',
      canBeKey: column.pivot === null,
      state,
      property,
      properties,
      problems: own.map((problem) => problemText(problem, name, property)),
      hints:
        state === 'imported'
          ? rowHints({ used, hiddenColumns, suggestion, neighbours: properties.flatMap(neighboursOf) })
          : [],
      suggestion,
    }
  })
}

/** The server's texts send the reader to the Look; here the name can be changed on the spot. */
function problemText({ kind, columns }: PropertyProblem, field: string, property: string): string {
  switch (kind) {
    case 'reserved':
      return `Heap keeps the name ${JSON.stringify(property)} for itself. Give it another name or leave it out.`
    case 'unnamed':
      return 'Give it a name.'
    case 'broken_text':
      return 'The name holds characters that are not valid text. Give it another name or leave it out.'
    case 'too_long':
      return `The name is longer than the ${MAX_PROPERTY_CHARACTERS} characters that Heap takes.`
    case 'collision': {
      const others = [...new Set(columns.map(({ name }) => name))].filter((name) => name !== field)
      return others.length === 0
        ? 'Several values of the pivot have the same name. Leave the column out or change the pivot.'
        : `The name of ${quoteList(others, 3)}, too. Rename or leave out all but one.`
    }
  }
}

function stateOf(
  name: string,
  isHidden: boolean,
  joinKey: Column | null,
  excluded: ReadonlySet<string>,
): PropertyRow['state'] {
  if (name === joinKey?.name) return 'join_key'
  if (isHidden) return 'hidden'
  return excluded.has(name) ? 'excluded' : 'imported'
}

/** A pivoted column's label ends in the pivot's value, which a new name keeps. */
function baseLabel({ label, pivot }: Column): string {
  const end = pivot ? ` - ${pivot.label}` : ''
  return end !== '' && label.endsWith(end) ? label.slice(0, -end.length) : label
}
