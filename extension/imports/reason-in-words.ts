import { REJECTION_TEXTS } from '../../shared/import-counts.ts'

/** A newer server may know reasons that this version does not. */
export function reasonInWords(reason: string): string {
  const texts: Record<string, string> = REJECTION_TEXTS
  return Object.hasOwn(texts, reason) ? (texts[reason] ?? reason) : reason
}
