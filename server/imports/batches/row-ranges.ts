/** Row numbers in any order as ranges, `18-1001,1-16`: a batch is mostly one run of rows. */
export function toRowRanges(rowNumbers: readonly number[]): string {
  const ranges: string[] = []
  let start: number | undefined
  let end = 0
  for (const number of rowNumbers) {
    if (start !== undefined && number === end + 1) {
      end = number
      continue
    }
    if (start !== undefined) ranges.push(toRange(start, end))
    start = number
    end = number
  }
  if (start !== undefined) ranges.push(toRange(start, end))
  return ranges.join(',')
}

function toRange(start: number, end: number): string {
  return start === end ? String(start) : `${start}-${end}`
}

/** The row numbers of `toRowRanges`. */
export function fromRowRanges(ranges: string): number[] {
  if (ranges === '') return []
  return ranges.split(',').flatMap((range) => {
    const [start = '', end = start] = range.split('-')
    return Array.from({ length: Number(end) - Number(start) + 1 }, (_, index) => Number(start) + index)
  })
}
