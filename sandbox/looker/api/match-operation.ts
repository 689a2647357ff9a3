/** What is needed of an operation to recognise a call of it. */
export type OperationAddress = { name: string; verb: string; path: string }

/**
 * Which operation is a call? A call from an extension carries verb and path but no name, and entitlements
 * are names. `/looks/search` is the search and not a Look called search: fixed parts come first.
 *
 * @param path as the client sends it, with encoded parameters and without `/api/4.0`
 */
export function matchOperation(
  operations: readonly OperationAddress[],
  verb: string,
  path: string,
): string | undefined {
  const parts = path.split('/')
  const matching = operations.filter(
    (operation) => operation.verb === verb && fits(operation.path.split('/'), parts),
  )
  matching.sort((a, b) => parameterCount(a.path) - parameterCount(b.path))
  return matching[0]?.name
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  if (pattern.length !== parts.length) return false
  return pattern.every((part, index) => (part.startsWith('{') ? parts[index] !== '' : part === parts[index]))
}

function parameterCount(path: string): number {
  return path.split('{').length - 1
}
