/** The middle of some numbers, of an even count the mean of the middle two; null without any. */
export function median(numbers: readonly (number | null)[]): number | null {
  const sorted = sort(numbers)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)]
  const lower = sorted[Math.ceil(middle) - 1]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}

/**
 * The smallest of the numbers that so many percent of them do not exceed; null without any.
 *
 * @param percent above 0, to 100
 */
export function percentile(numbers: readonly number[], percent: number): number | null {
  const sorted = sort(numbers)
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null
}

function sort(numbers: readonly (number | null)[]): number[] {
  return numbers.filter((number) => number !== null).sort((one, other) => one - other)
}
