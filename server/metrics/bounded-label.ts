/** What is counted together once there are too many values of a label. */
const OTHERS = 'other'

/**
 * Bounds the values of a label, as each of them costs whoever stores the metrics a series of its own, for good:
 * the first `most` keep their name.
 */
export function createBoundedLabel(most: number): (value: string) => string {
  const known = new Set<string>()
  return (value) => {
    if (known.has(value)) return value
    if (known.size >= most) return OTHERS
    known.add(value)
    return value
  }
}
