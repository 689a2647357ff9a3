import { isRecord } from '../is-record.ts'

/**
 * Is this cell a map from pivot key to cell? A plain cell has a `value`, and a pivoted one has cells in it. A
 * pivot's key can be `value`, too: then its cell stands there.
 *
 * @param announced do the fields name a pivot? Published results have pivoted cells without that as well
 * @param keys of the pivots that are known
 */
export function isPivotedCell(
  cell: unknown,
  announced: boolean,
  keys: ReadonlySet<string>,
): cell is Record<string, unknown> {
  if (!isRecord(cell)) return false
  if (Object.hasOwn(cell, 'value')) {
    if (!isCell(cell.value)) return false
    return announced || (Object.keys(cell).length > 1 && holdsCells(cell, NO_KEYS))
  }
  return holdsCells(cell, keys)
}

const NO_KEYS: ReadonlySet<string> = new Set()

/** Has it a known key, or is each entry a cell or null, and not all null? */
function holdsCells(cell: Record<string, unknown>, keys: ReadonlySet<string>): boolean {
  let cells = 0
  // Not Object.entries: this is asked for every cell, and the first key answers it as a rule.
  for (const key in cell) {
    if (keys.has(key)) return true
    const entry = cell[key]
    if (isCell(entry)) cells += 1
    else if (entry !== null) return false
  }
  return cells > 0
}

function isCell(entry: unknown): entry is { value: unknown } {
  return isRecord(entry) && Object.hasOwn(entry, 'value')
}

/** What `readCell` answers for an object that is no cell. */
export const UNKNOWN_CELL = Symbol('unknown cell')

/** The value in a cell: `{ value }` in both detail formats; a bare value is taken as it is. */
export function readCell(cell: unknown): unknown {
  if (typeof cell === 'object' && cell !== null && !Array.isArray(cell)) {
    // An empty object holds nothing that could be lost.
    if (!Object.hasOwn(cell, 'value')) return Object.keys(cell).length === 0 ? undefined : UNKNOWN_CELL
    const { value } = cell as { value: unknown }
    return isCell(value) && !Object.keys(cell).every((key) => CELL_MEMBERS.has(key)) ? UNKNOWN_CELL : value
  }
  return cell
}

/** What may stand in a cell of `json_detail` (documented). */
const CELL_MEMBERS = new Set(['value', 'rendered', 'html', 'filterable_value', 'links'])

/** Is there nothing in this cell: no value, and no map that may hold one? */
export function isEmptyCell(cell: unknown): boolean {
  const value = readCell(cell)
  return value === null || value === undefined
}
