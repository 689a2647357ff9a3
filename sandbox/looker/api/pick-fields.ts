/** What a `fields` parameter asks for: names, each with those of its inner object or null for all of it. */
type Wanted = Map<string, Wanted | null>

/**
 * Leaves the fields that a call's `fields` parameter names: `id,title,folder(name)`. Looker leaves out what
 * it does not know; without the parameter everything stays.
 */
export function pickFields<T>(value: T, fields: string | undefined): T {
  return fields ? (pick(value, parse(fields)) as T) : value
}

function pick(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.map((entry) => pick(entry, wanted))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const deeper = wanted.get(name)
    if (deeper === undefined) return []
    return [[name, deeper === null ? inner : pick(inner, deeper)]]
  })
  return Object.fromEntries(entries)
}

function parse(fields: string): Wanted {
  const wanted: Wanted = new Map()
  for (const part of splitOutside(fields)) {
    const [, name = '', inner] = /^\s*([^(\s]+)\s*(?:\((.*)\))?\s*$/s.exec(part) ?? []
    if (name !== '') wanted.set(name, inner === undefined ? null : parse(inner))
  }
  return wanted
}

/** Splits at commas that stand outside of parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const character of text) {
    if (character === ',' && depth === 0) {
      parts.push(part)
      part = ''
      continue
    }
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    part += character
  }
  return [...parts, part]
}
