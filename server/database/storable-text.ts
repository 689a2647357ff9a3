/**
 * PostgreSQL's text and jsonb cannot hold the NUL character. It is shown as the replacement character, which
 * is what lone surrogates become on their way to the database as well.
 */
export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}

/** JSON text that jsonb takes: it refuses the escaped NUL character and lone surrogates. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'string' ? storableText(entry.toWellFormed()) : entry,
  )
}
