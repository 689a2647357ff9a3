import type { Look, LookField, LookValue } from './looker/look.ts'

/** Properties by join key: what Heap should hold after an import. */
export type ExpectedEntities = Map<string, Record<string, string | number>>

/**
 * What Heap should hold after an import of a Look without pivots, worked out from the Look's own rows and
 * not by the rules of the server: each value under its column's label, nulls left out.
 *
 * @param joinKey name of the join key column
 * @param isGood tells by row number (from 1) whether the Look's author made the row so that it is imported
 */
export function expectEntities(
  look: Look,
  joinKey: string,
  isGood: (rowNumber: number) => boolean = () => true,
): ExpectedEntities {
  const { dimensions, measures, table_calculations: calculations } = look.fields
  const columns = [...dimensions, ...measures, ...calculations].filter(
    ({ name }) => name !== joinKey && !look.hiddenFields?.includes(name),
  )
  const expected: ExpectedEntities = new Map()
  let rowNumber = 0
  for (const row of look.rows()) {
    rowNumber += 1
    if (isGood(rowNumber)) expected.set(String(row[joinKey]), expectProperties(row, columns))
  }
  return expected
}

function expectProperties(
  row: Record<string, unknown>,
  columns: LookField[],
): Record<string, string | number> {
  const properties: Record<string, string | number> = {}
  for (const { name, label } of columns) {
    const value = row[name] as LookValue
    if (value !== null) properties[label] = typeof value === 'number' ? value : String(value)
  }
  return properties
}

/**
 * Every difference between what Heap holds and what it should hold, as sentences; at most `most` of them.
 *
 * @param held properties by key, as the stand-in keeps them
 */
export function findDifferences(
  held: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  expected: ExpectedEntities,
  most = 10,
): string[] {
  const differences: string[] = []
  const keys = new Set([...expected.keys(), ...held.keys()])
  for (const key of keys) {
    if (differences.length >= most) break
    differences.push(...compareEntity(key, held.get(key), expected.get(key)))
  }
  return differences.slice(0, most)
}

function compareEntity(
  key: string,
  held: Readonly<Record<string, unknown>> | undefined,
  expected: Record<string, string | number> | undefined,
): string[] {
  if (!held) return [`${key} is missing in Heap`]
  if (!expected) return [`${key} is in Heap and should not be`]
  const names = new Set([...Object.keys(expected), ...Object.keys(held)])
  return [...names]
    .filter((name) => held[name] !== expected[name])
    .map((name) => `${key}: ${name} is ${show(held[name])}, expected ${show(expected[name])}`)
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value)
}
