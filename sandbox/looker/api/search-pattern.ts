/**
 * Does a value match a search parameter, by Looker's documented rules: case does not count, `%` stands for
 * any text and `_` for any character, without them the whole value has to be the same; `IS NULL` and
 * `NOT NULL` ask whether there is a value.
 */
export function matchesPattern(value: unknown, pattern: string): boolean {
  const isNull = value === null || value === undefined
  if (/^is null$/i.test(pattern)) return isNull
  if (/^not null$/i.test(pattern)) return !isNull
  if (isNull) return false
  const text = value instanceof Date ? value.toISOString() : String(value)
  return toExpression(pattern).test(text)
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${source}$`, 'is')
}
