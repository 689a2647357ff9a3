import { median } from './median.ts'

/** So many whole imports tell what is usual. */
export const USUAL_IMPORTS = 10

/**
 * How many rows a sync usually has.
 *
 * @param received rows of its imports that were read to their end, newest first
 */
export function usualRows(received: readonly number[]): number | null {
  const usual = median(received.slice(0, USUAL_IMPORTS))
  return usual === null ? null : Math.round(usual)
}
