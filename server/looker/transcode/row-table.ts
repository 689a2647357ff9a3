import type { RowScanner } from './scan-row.ts'
import { NO_MATCH } from './scan-row.ts'
import type { ScanMemory } from './wasm/scan-memory.ts'

/** Where rows are scanned, and by what; whoever reads them changes the scanner from one block to the next. */
export type RowScanning = {
  /** Null: every row is parsed. */
  readonly memory: ScanMemory | null
  scanner: RowScanner | null
}

export const NO_CELLS = -1

/** Where the rows of a block stand, and the cells of those that were matched. */
export type RowTable = {
  scanner: RowScanner | null
  rows: number
  /** Place and end of each row in the block. */
  from: number[]
  to: number[]
  /** The index of each row's cells in `cells`; `NO_CELLS` for a row that was not matched. */
  cellsAt: number[]
  cells: Int32Array
}

const NOTHING = new Int32Array(0)

/** Fills tables while rows are cut from a stream; the table of a block is emptied for the next one. */
export function createRowTable(scanning: RowScanning) {
  const table: RowTable = { scanner: null, rows: 0, from: [], to: [], cellsAt: [], cells: NOTHING }
  let used = 0

  return {
    table,

    /** Tries to match the row at a place of the source, of which there are so many bytes. @returns its end, or `NO_MATCH` */
    match(at: number, limit: number): number {
      const { scanner } = table
      return scanner === null ? NO_MATCH : scanner.scan(at, limit, used)
    },

    /**
     * @param isMatched was the row matched just now?
     * @returns is there room for another row?
     */
    add(from: number, to: number, isMatched: boolean): boolean {
      const { scanner } = table
      table.from[table.rows] = from
      table.to[table.rows] = to
      table.cellsAt[table.rows] = isMatched ? used : NO_CELLS
      table.rows += 1
      if (scanner === null) return true
      if (isMatched) used += 2 * scanner.slots
      return used + 2 * scanner.slots <= scanner.cells.end
    },

    /** Empties the table, for rows of the form that is known by now. */
    clear(): void {
      const { memory, scanner } = scanning
      table.rows = 0
      table.scanner = scanner
      table.cells = memory && scanner ? new Int32Array(memory.plan.memory.buffer) : NOTHING
      used = scanner?.cells.first ?? 0
    },
  }
}
