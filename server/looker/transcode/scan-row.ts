import type { RowPlan } from './row-plan.ts'
import type { RowTemplate } from './row-template.ts'
import type { ScanMemory } from './wasm/scan-memory.ts'

/** What `scan` answers for a row of another form, or of which the end is missing. */
export const NO_MATCH = -1

export type RowScanner = {
  /** Cells of a row. */
  slots: number
  /** The cells of the plan that it may use: the first, and the one after the last. */
  cells: { first: number; end: number }
  /**
   * Matches one row of the source and records its cells, two numbers each (see `cell.ts`). What matches is valid JSON,
   * if it is valid UTF-8. What is recorded of a row that does not match has no meaning.
   *
   * @param limit the place after the last byte there is
   * @param cell takes up `2 * slots` numbers of the plan, from this one on
   * @returns the place after the row, or `NO_MATCH`
   */
  scan: (at: number, limit: number, cell: number) => number
}

/** Makes the scanner of a template: one pass over a row that compares literals and finds the ends of values. */
export function createRowScanner({ literals }: RowTemplate, memory: ScanMemory, plan: RowPlan): RowScanner {
  const slots = literals.length - 1
  const entries = literals.flatMap((literal) => [plan.addBytes(literal), literal.length])
  const first = plan.addNumbers(entries)
  const last = first + slots * 8
  return {
    slots,
    cells: plan.addCells(slots),
    scan: (at, limit, cell) => memory.scan(at, limit, first, last, cell * 4),
  }
}
