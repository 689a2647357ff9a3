import type { Column } from './columns.ts'
import type { Row, RowKeys } from './row-keys.ts'
import { findRowKeys } from './row-keys.ts'

/** Different sets of keys that are remembered; rows of a result have one, or a few. */
const MOST_REMEMBERED = 1_000

/**
 * Remembers where the cells of rows stand: rows with the same keys in the same order are told by comparing keys,
 * which costs a fraction of finding the columns anew.
 */
export function createRowShapes(columns: readonly Column[]) {
  const known = new Map<string, RowKeys>()
  let lastNames: string[] = []
  let last: RowKeys | undefined

  function keysOf(row: Row): RowKeys {
    const names = Object.keys(row)
    if (last !== undefined && isSame(names, lastNames)) return last
    const shape = JSON.stringify(names)
    let keys = known.get(shape)
    if (keys === undefined) {
      keys = findRowKeys(columns, row)
      if (known.size >= MOST_REMEMBERED) known.clear()
      known.set(shape, keys)
    }
    lastNames = names
    last = keys
    return keys
  }

  return { keysOf }
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false
  for (let index = 0; index < names.length; index += 1) if (names[index] !== others[index]) return false
  return true
}
