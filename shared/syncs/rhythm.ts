import { median } from './median.ts'

/** The usual time between two deliveries, in milliseconds. */
export type Rhythm = {
  /** The median of the gaps. */
  usual: number
  /** The longest gap: what is no later than that has happened before, such as a weekend. */
  longest: number
}

/** Fewer are no rhythm. */
const FEWEST_GAPS = 3

/** This share of the gaps must be about the usual one; else somebody sends when he likes. */
const STEADY = 0.6
const ABOUT = 0.25

/**
 * The rhythm of a sync's deliveries; null while there are too few of them, or no rhythm is in them.
 *
 * @param starts when they began, in any order
 */
export function rhythmOf(starts: readonly Date[]): Rhythm | null {
  const times = starts.map((start) => start.getTime()).sort((a, b) => a - b)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const usual = median(gaps)
  if (usual === null || usual <= 0 || gaps.length < FEWEST_GAPS) return null
  const steady = gaps.filter((gap) => Math.abs(gap - usual) <= usual * ABOUT)
  if (steady.length < gaps.length * STEADY) return null
  return { usual, longest: Math.max(...gaps) }
}
