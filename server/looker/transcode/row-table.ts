import type { RowScanner } from './scan-row.ts'
import { NO_MATCH } from './scan-row.ts'

/** Which scanner to try on rows; whoever reads them changes it from one block to the next. */
export type RowScanning = { scanner: RowScanner | null }

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

const FIRST_CELLS = 4_096

/** Fills tables while rows are cut from a stream; the table of a block is emptied for the next one. */
export function createRowTable(scanning: RowScanning) {
  const table: RowTable = {
    scanner: null,
    rows: 0,
    from: [],
    to: [],
    cellsAt: [],
    cells: new Int32Array(FIRST_CELLS),
  }
  let used = 0
  let view: DataView = new DataView(new ArrayBuffer(0))

  return {
    table,

    startChunk(bytes: Uint8Array): void {
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },

    /**
     * Tries to match the row at a place of the chunk.
     *
     * @param shift from places of the chunk to those of the block
     * @returns the place after the row, or `NO_MATCH`
     */
    match(at: number, shift: number): number {
      const { scanner } = scanning
      if (scanner === null) return NO_MATCH
      table.cells = withRoom(table.cells, used + 2 * scanner.slots)
      return scanner.scan(view, at, table.cells, used, shift)
    },

    /** @param isMatched was the row matched just now? */
    add(from: number, to: number, isMatched: boolean): void {
      table.from[table.rows] = from
      table.to[table.rows] = to
      table.cellsAt[table.rows] = isMatched ? used : NO_CELLS
      table.rows += 1
      if (isMatched) used += 2 * (scanning.scanner?.slots ?? 0)
    },

    /** Tries the rows that lay across two chunks again, now that the block has them whole. */
    complete(block: Uint8Array): RowTable {
      const { scanner } = scanning
      table.scanner = scanner
      if (scanner === null) return table
      const whole = new DataView(block.buffer, block.byteOffset, block.byteLength)
      for (let row = 0; row < table.rows; row += 1) {
        if (table.cellsAt[row] !== NO_CELLS) continue
        table.cells = withRoom(table.cells, used + 2 * scanner.slots)
        const end = scanner.scan(whole, table.from[row] ?? 0, table.cells, used, 0)
        if (end !== table.to[row]) continue
        table.cellsAt[row] = used
        used += 2 * scanner.slots
      }
      return table
    },

    clear(): void {
      table.rows = 0
      used = 0
    },
  }
}

function withRoom(cells: Int32Array, length: number): Int32Array {
  if (length <= cells.length) return cells
  const grown = new Int32Array(Math.max(length, cells.length * 2))
  grown.set(cells)
  return grown
}
