import { REJECTION_TEXTS } from '../../shared/report/import-counts.ts'

/** The reason in the form that follows a count. A newer server may know reasons that this version does not. */
export function reasonInWords(reason: string, count: number): string {
  const texts: Record<string, readonly [one: string, many: string]> = REJECTION_TEXTS
  const forms = Object.hasOwn(texts, reason) ? texts[reason] : undefined
  return forms?.[count === 1 ? 0 : 1] ?? reason
}

/** At the beginning of a line. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
