import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyNames } from '../../../../shared/rows/property-plan.ts'
import { importedProperties, propertyProblems } from '../../../../shared/rows/property-plan.ts'

/**
 * The property names for a check of the rows: columns that cannot be sent as they are named yet are left out,
 * since the next step is where they are named.
 */
export function sendableNames(
  columns: readonly Column[],
  joinKey: Column,
  names: PropertyNames,
): PropertyNames {
  const problems = propertyProblems(importedProperties(columns, joinKey, names))
  const blocked = problems.flatMap((problem) => problem.columns.map((column) => column.name))
  return { ...names, exclude: [...new Set([...names.exclude, ...blocked])] }
}
