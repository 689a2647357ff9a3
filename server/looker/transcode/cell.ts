// What the scan of a row keeps of a cell, in two numbers: where it starts, and where it ends with its kind in the
// low bits. Rows are at most 33 MB, so that both fit into 32 bits.

/** A cell's value, by how it can be written. Those above `NUMBER` need a rule. */
export const NULL = 0
/** A string without escapes. */
export const TEXT = 1
/** A number that `String(JSON.parse(number))` leaves as it is. */
export const NUMBER = 2
/** A string with valid escapes. */
export const ESCAPED = 3
/** Any other valid number. */
export const ODD_NUMBER = 4
export const TRUE = 5
export const FALSE = 6

/** What scanning answers for what is no scalar of JSON, or not all of one. */
export const NO_CELL = -1

export const KIND_BITS = 3

/** @param end the place after the cell's last byte; quotes belong to a string */
export function packCell(end: number, kind: number): number {
  return (end << KIND_BITS) | kind
}

export function endOf(packed: number): number {
  return packed >> KIND_BITS
}

export function kindOf(packed: number): number {
  return packed & ((1 << KIND_BITS) - 1)
}
