/** What several names begin with, up to a space: `Users ` of `Users LTV Tier` and `Users Plan`. */
export type NamePrefix = { prefix: string; count: number }

/** The beginnings that at least two names share, the most frequent first; of equally frequent ones the longest. */
export function sharedPrefixes(names: readonly string[]): NamePrefix[] {
  const counts = new Map<string, number>()
  for (const name of names) {
    for (const [index, character] of [...name].entries()) {
      if (character !== ' ') continue
      const prefix = [...name].slice(0, index + 1).join('')
      // What is nothing but spaces, or leaves no name, is no prefix.
      if (prefix.trim() === '' || name.slice(prefix.length).trim() === '') continue
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
    }
  }
  const shared = [...counts].filter(([, count]) => count > 1)
  // A longer one of as many names says more: `Users Account ` instead of `Users `.
  const longest = shared.filter(
    ([prefix, count]) =>
      !shared.some(([other, of]) => of === count && other.length > prefix.length && other.startsWith(prefix)),
  )
  return longest
    .map(([prefix, count]) => ({ prefix, count }))
    .sort((a, b) => b.count - a.count || b.prefix.length - a.prefix.length)
}

/** The name with another beginning; a name that does not begin so, or would be nothing else, stays. */
export function replacePrefix(name: string, prefix: string, replacement: string): string {
  if (!name.startsWith(prefix) || name.slice(prefix.length).trim() === '') return name
  return `${replacement}${name.slice(prefix.length)}`
}
