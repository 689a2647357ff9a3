/** Of a power of two: which hashes of runs the text has, as a first, cheap answer. */
const PLACES = 1 << 16

/** The runs of so many units that a text has, for looking through many values at the cost of reading each once. */
export function createRuns(text: string, size: number, counts: RegExp) {
  const starts = new Map<string, number[]>()
  const maybe = new Uint8Array(PLACES)
  for (let at = 0; at + size <= text.length; at += 1) {
    const run = text.slice(at, at + size)
    if (!counts.test(run)) continue
    starts.set(run, [...(starts.get(run) ?? []), at])
    maybe[hashOf(text, at, size)] = 1
  }

  return {
    /** Tells of every run of the text that the value has as well. */
    find(value: string, found: (from: number, end: number) => void): void {
      if (starts.size === 0) return
      for (let at = 0; at + size <= value.length; at += 1) {
        if (!maybe[hashOf(value, at, size)]) continue
        for (const start of starts.get(value.slice(at, at + size)) ?? []) found(start, start + size)
      }
    },
  }
}

/** Of a few of its units, which is enough to tell most runs apart. */
function hashOf(text: string, at: number, size: number): number {
  const first = text.charCodeAt(at)
  const middle = text.charCodeAt(at + (size >> 1))
  const last = text.charCodeAt(at + size - 1)
  return (first * 31 * 31 + middle * 31 + last + text.charCodeAt(at + 1) * 7919) & (PLACES - 1)
}
