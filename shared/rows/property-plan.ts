import { MAX_PROPERTY_CHARACTERS } from '../heap-limits.ts'
import type { Column } from '../looker-result/columns.ts'
import { charactersAbove, cutCharacters, isSoundText } from '../text/characters.ts'
import { countOf, formatCount, quoteList } from '../text/text-list.ts'

/** The parameter `property_names`: what the analyst changed in the table of properties, by column name. */
export type PropertyNames = {
  /** Column name -> property name in Heap. For a pivoted measure it replaces the part before ` - `. */
  rename: Record<string, string>
  /** Names of columns that are not imported. */
  exclude: string[]
}

export const NO_PROPERTY_NAMES: PropertyNames = { rename: {}, exclude: [] }

/** A column and the Heap property it becomes. */
export type Property = { column: Column; name: string }

export type PropertyPlan =
  | { kind: 'planned'; properties: Property[]; warnings: string[] }
  /** Nothing may be sent: every message says which column and what to do. */
  | { kind: 'failed'; message: string }

/** Why columns cannot become properties as they are named. */
export type PropertyProblem = {
  kind: 'reserved' | 'unnamed' | 'broken_text' | 'too_long' | 'collision'
  columns: Column[]
  message: string
}

/** Most columns of a Look. Heap publishes no limit; entities of more are larger than its requests. */
export const MAX_COLUMNS = 10_000

/** Problems told in a message; the others are told once these are gone. */
const MOST_PROBLEMS = 5

/** What is wrong with a Look of more than `MAX_COLUMNS` columns. */
export function tooManyColumns(count: number): string {
  return `The Look has ${countOf(count, 'column')}; at most ${formatCount(MAX_COLUMNS)} can be imported. Remove columns from the Look.`
}

/** Names Heap refuses: `id` in any case (documented); `user_id` (documented for its client API). */
export function isReservedPropertyName(name: string): boolean {
  return name.toLowerCase() === 'id' || name === 'user_id'
}

/** The property name of a column: its label, unless the analyst renamed it. */
export function propertyName(column: Column, names: PropertyNames): string {
  const renamed = Object.hasOwn(names.rename, column.name) ? names.rename[column.name]?.trim() : undefined
  if (renamed === undefined) return column.label
  return column.pivot && renamed !== '' ? `${renamed} - ${column.pivot.label}` : renamed
}

/**
 * Decides which columns become which properties: one property per column but the join key, the hidden and
 * the excluded ones.
 *
 * @param columns with those of pivots, see `createRowLayout`
 */
export function planProperties(
  columns: readonly Column[],
  joinKey: Column,
  names: PropertyNames,
): PropertyPlan {
  if (columns.length > MAX_COLUMNS) return { kind: 'failed', message: tooManyColumns(columns.length) }
  const properties = importedProperties(columns, joinKey, names)
  const problems = propertyProblems(properties)
  if (problems.length > 0) {
    const told = problems.slice(0, MOST_PROBLEMS).map(({ message }) => message)
    const more = problems.length - told.length
    if (more > 0) told.push(`And ${countOf(more, 'more problem', 'more problems')}.`)
    return { kind: 'failed', message: told.join(' ') }
  }
  if (properties.length === 0) {
    return {
      kind: 'failed',
      message:
        'The Look has no column to import besides the join key. Add at least one visible column to the Look.',
    }
  }
  return { kind: 'planned', properties, warnings: forgottenColumns(columns, names) }
}

/**
 * The columns that are imported: all but the join key, the hidden and the excluded ones.
 *
 * @param joinKey null while none is chosen
 */
export function importedProperties(
  columns: readonly Column[],
  joinKey: Column | null,
  names: PropertyNames,
): Property[] {
  const excluded = new Set(names.exclude)
  return columns
    .filter((column) => column.name !== joinKey?.name && !column.hidden && !excluded.has(column.name))
    .map((column) => ({ column, name: propertyName(column, names) }))
}

/** Everything that keeps these columns from being sent. */
export function propertyProblems(properties: readonly Property[]): PropertyProblem[] {
  return [...properties.flatMap(nameProblem), ...collisions(properties)]
}

function nameProblem({ column, name }: Property): PropertyProblem[] {
  const where = `Column ${JSON.stringify(shortLabel(column.label))} (${column.name})`
  const columns = [column]
  if (isReservedPropertyName(name)) {
    const message = `${where} would become the property ${JSON.stringify(name)}, a name that Heap keeps for itself. Rename the column in the Look or leave it out.`
    return [{ kind: 'reserved', columns, message }]
  }
  if (name.trim() === '') {
    return [
      {
        kind: 'unnamed',
        columns,
        message: `${where} would become a property without a name. Give it a name.`,
      },
    ]
  }
  if (!isSoundText(name)) {
    const message = `${where} would become a property whose name is not valid text. Rename the column in the Look.`
    return [{ kind: 'broken_text', columns, message }]
  }
  const length = charactersAbove(name, MAX_PROPERTY_CHARACTERS)
  if (length === undefined) return []
  const message = `${where} has a name of ${countOf(length, 'character')}; Heap takes ${MAX_PROPERTY_CHARACTERS}. Rename the column in the Look.`
  return [{ kind: 'too_long', columns, message }]
}

function shortLabel(label: string): string {
  return charactersAbove(label, 80) === undefined ? label : `${cutCharacters(label, 77)}...`
}

function collisions(properties: readonly Property[]): PropertyProblem[] {
  const byName = Map.groupBy(properties, (property) => property.name)
  return [...byName.entries()]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => {
      const names = quoteList(same.map(({ column }) => columnPath(column)))
      return {
        kind: 'collision' as const,
        columns: same.map(({ column }) => column),
        message: `${same.length} columns would become the one property ${JSON.stringify(name)}: ${names}. Rename all but one of them in the Look or leave them out.`,
      }
    })
}

function columnPath(column: Column): string {
  return column.pivot ? `${column.name} [${column.pivot.key}]` : column.name
}

/** A rename or exclusion of a column that is gone would otherwise lose its effect without a word. */
function forgottenColumns(columns: readonly Column[], names: PropertyNames): string[] {
  const existing = new Set(columns.map((column) => column.name))
  const changed = new Set([...Object.keys(names.rename), ...names.exclude])
  const gone = [...changed].filter((name) => !existing.has(name))
  if (gone.length === 0) return []
  return [
    `The sync renames or leaves out columns that the Look no longer has: ${quoteList(gone)}. Review the sync.`,
  ]
}
