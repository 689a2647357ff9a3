import { isRecord } from '../../../shared/is-record.ts'

/**
 * PostgreSQL's text and jsonb cannot hold the NUL character. It is shown as the replacement character, which
 * is what lone surrogates become on their way to the database as well.
 */
export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}

/** JSON text that jsonb takes: it refuses the escaped NUL character and lone surrogates, in keys as well. */
export function storableJson(value: unknown): string {
  return JSON.stringify(toStorable(value))
}

function toStorable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value.toWellFormed())
  if (Array.isArray(value)) return value.map(toStorable)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [storableText(key.toWellFormed()), toStorable(entry)]),
  )
}
