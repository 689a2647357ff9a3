// What `scan` of rows.wat keeps of a cell, in two numbers: where it starts, and where it ends with its kind in the
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

const KIND_BITS = 3

export function endOf(packed: number): number {
  return packed >> KIND_BITS
}

export function kindOf(packed: number): number {
  return packed & ((1 << KIND_BITS) - 1)
}
