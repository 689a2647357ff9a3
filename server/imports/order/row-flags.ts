/** Marks rows of batches, a byte a row. */
export type RowFlags = ReturnType<typeof createRowFlags>

export function createRowFlags() {
  const flags = new Map<number, Uint8Array>()
  let last = 0
  return {
    /** Tells of a batch whose rows are looked at, in the order of the numbers. */
    see(batchNumber: number): void {
      last = Math.max(last, batchNumber)
    },
    /** The last batch whose rows were looked at: of those after it nothing is known. */
    last: () => last,
    mark(batchNumber: number, entities: number, index: number): void {
      const rows = flags.get(batchNumber) ?? new Uint8Array(entities)
      rows[index] = 1
      flags.set(batchNumber, rows)
    },
    /** Undefined when no row of the batch is marked. */
    of: (batchNumber: number): Uint8Array | undefined => flags.get(batchNumber),
  }
}
