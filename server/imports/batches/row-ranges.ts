/** Gathers row numbers in any order as ranges, `18-1001,1-16`: a batch is mostly one run of rows. */
export function createRowRanges() {
  let done = ''
  let start = 0
  let end = -1

  function text(): string {
    if (end < start) return done
    const range = start === end ? String(start) : `${start}-${end}`
    return done === '' ? range : `${done},${range}`
  }

  return {
    add(rowNumber: number): void {
      if (rowNumber !== end + 1 || end < start) {
        done = text()
        start = rowNumber
      }
      end = rowNumber
    },
    /** The ranges so far, and begins anew. */
    take(): string {
      const ranges = text()
      done = ''
      start = 0
      end = -1
      return ranges
    },
  }
}

/** Row numbers as `createRowRanges` writes them. */
export function toRowRanges(rowNumbers: readonly number[]): string {
  const ranges = createRowRanges()
  for (const number of rowNumbers) ranges.add(number)
  return ranges.take()
}

/** The row numbers of `toRowRanges`. */
export function fromRowRanges(ranges: string): number[] {
  if (ranges === '') return []
  return ranges.split(',').flatMap((range) => {
    const [start = '', end = start] = range.split('-')
    return Array.from({ length: Number(end) - Number(start) + 1 }, (_, index) => Number(start) + index)
  })
}
