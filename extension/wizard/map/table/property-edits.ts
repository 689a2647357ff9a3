import { replacePrefix } from '../../../../shared/advice/names/name-prefixes.ts'
import type { PropertyNames } from '../../../../shared/rows/property-plan.ts'
import type { PropertyRow } from './property-rows.ts'

/** A change of the names and of what is left out, from what they are when it is made. */
export type NamesEdit = (names: PropertyNames) => PropertyNames

/** Names a field's property; the field's own label is no change. */
export function renamed(names: PropertyNames, row: PropertyRow, property: string): PropertyNames {
  const { [row.name]: _before, ...rest } = names.rename
  return { ...names, rename: property === row.label ? rest : { ...rest, [row.name]: property } }
}

/** Leaves fields out, or takes them in again. Hidden fields and the join key are what the Look says. */
export function included(
  names: PropertyNames,
  rows: readonly PropertyRow[],
  include: boolean,
): PropertyNames {
  const changed = rows.filter(({ state }) => state === 'imported' || state === 'excluded')
  const touched = new Set(changed.map(({ name }) => name))
  const kept = names.exclude.filter((name) => !touched.has(name))
  return { ...names, exclude: include ? kept : [...kept, ...touched] }
}

/** Gives all imported fields whose name begins so another beginning. */
export function prefixed(
  names: PropertyNames,
  rows: readonly PropertyRow[],
  prefix: string,
  replacement: string,
): PropertyNames {
  return rows
    .filter(({ state }) => state === 'imported')
    .reduce((changed, row) => {
      const property = replacePrefix(row.property, prefix, replacement)
      return property === row.property ? changed : renamed(changed, row, property)
    }, names)
}
