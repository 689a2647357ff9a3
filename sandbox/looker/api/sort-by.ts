import { LookerApiError } from './api-error.ts'

/**
 * Sorts by a `sorts` parameter such as `updated_at desc, title`; without it the order stays.
 *
 * @throws LookerApiError 400 for a field that no entry has
 */
export function sortBy<T extends object>(entries: readonly T[], sorts: string | undefined): T[] {
  const sorted = [...entries]
  const first = sorted[0]
  if (!sorts || !first) return sorted
  const keys = sorts.split(',').map((part) => {
    const [field = '', direction = 'asc'] = part.trim().split(/\s+/)
    if (!(field in first)) throw new LookerApiError(400, `cannot sort by ${field}`)
    return { field: field as keyof T, factor: direction.toLowerCase() === 'desc' ? -1 : 1 }
  })
  return sorted.sort((a, b) => {
    for (const { field, factor } of keys) {
      const order = compare(a[field], b[field])
      if (order !== 0) return order * factor
    }
    return 0
  })
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || a === undefined) return -1
  if (b === null || b === undefined) return 1
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() < b.toLowerCase() ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
