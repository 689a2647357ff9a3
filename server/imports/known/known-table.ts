/** Words of a fingerprint: two of the join key's hash, two of the line's. */
export const FINGERPRINT_WORDS = 4

/** In the last word of a fingerprint: the row equalled the last delivery and was not sent. */
export const LEFT_OUT = 1

const MAX_LOAD = 0.7

export type KnownTable = ReturnType<typeof createKnownTable>

/**
 * Fingerprints by join key, in 23 to 46 bytes a row. First words of keys are never zero: a slot of zeros is free.
 *
 * @param rows at most
 */
export function createKnownTable(rows: number) {
  let capacity = 16
  while (capacity * MAX_LOAD < rows) capacity *= 2
  const slots = new Int32Array(capacity * FINGERPRINT_WORDS)
  const mask = capacity - 1
  let used = 0

  /** Where a key stands, or the free slot where it belongs. */
  function slotOf(first: number, second: number): number {
    for (let index = second & mask; ; index = (index + 1) & mask) {
      const slot = index * FINGERPRINT_WORDS
      const there = slots[slot]
      if (there === 0 || (there === first && slots[slot + 1] === second)) return slot
    }
  }

  return {
    rows: () => used,

    add(first: number, second: number, lineFirst: number, lineSecond: number): void {
      const slot = slotOf(first, second)
      if (slots[slot] === 0) used += 1
      slots[slot] = first
      slots[slot + 1] = second
      slots[slot + 2] = lineFirst
      slots[slot + 3] = lineSecond
    },

    has: (first: number, second: number): boolean => slots[slotOf(first, second)] !== 0,

    /** Was it sent, or left out? Only of keys that are there. */
    isLeftOut: (first: number, second: number): boolean =>
      ((slots[slotOf(first, second) + 3] as number) & LEFT_OUT) !== 0,

    /** Is the key there with this line? */
    equals(first: number, second: number, lineFirst: number, lineSecond: number): boolean {
      const slot = slotOf(first, second)
      return (
        slots[slot] !== 0 &&
        slots[slot + 2] === lineFirst &&
        ((slots[slot + 3] as number) | LEFT_OUT) === (lineSecond | LEFT_OUT)
      )
    },
  }
}
