import type { ScanMemory } from './wasm/scan-memory.ts'

/** Longest literal that is compared by a mask. */
const WORD = 16

/** Cells of one block of rows; a block ends when there is no room for another row. */
const CELL_BYTES = 1024 * 1024

/** A row of ten thousand columns needs 80 KB. */
const FEWEST_ROWS = 16

/** Writes what was learned of rows into the plan of a memory, in place of what was learned before. */
export type RowPlan = {
  /** @returns where the bytes stand */
  addBytes: (bytes: Uint8Array) => number
  /** @returns where the numbers stand */
  addNumbers: (numbers: readonly number[]) => number
  /** @returns where room for so many bytes is */
  addRoom: (bytes: number) => number
  /** Makes room for cells behind all that was written. @returns the first and the one after the last cell number */
  addCells: (slots: number) => { first: number; end: number }
}

export function createRowPlan({ plan }: ScanMemory): RowPlan {
  let at = 0

  function addRoom(bytes: number): number {
    const place = at
    plan.reserve(at, bytes + WORD)
    at = align(at + bytes)
    return place
  }

  function addBytes(bytes: Uint8Array): number {
    const place = addRoom(bytes.length)
    plan.bytes.set(bytes, place)
    return place
  }

  // For literals of 0 to 15 bytes: the bytes that count.
  for (let length = 0; length < WORD; length += 1) {
    addBytes(Uint8Array.from({ length: WORD }, (_, index) => (index < length ? 0xff : 0)))
  }

  return {
    addBytes,
    addRoom,
    addNumbers(numbers) {
      const place = addRoom(numbers.length * 4)
      numbers.forEach((number, index) => {
        plan.view.setInt32(place + index * 4, number, true)
      })
      return place
    },
    addCells(slots) {
      const bytes = Math.max(CELL_BYTES, FEWEST_ROWS * slots * 8)
      const first = addRoom(bytes) / 4
      return { first, end: first + bytes / 4 }
    },
  }
}

function align(at: number): number {
  return (at + WORD - 1) & -WORD
}
