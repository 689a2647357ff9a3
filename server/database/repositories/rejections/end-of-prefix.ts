const LAST = 0x10ffff
const BEFORE_SURROGATES = 0xd7ff
const AFTER_SURROGATES = 0xe000

/**
 * The first text that comes after all texts with a beginning, by code points, which is the order of the bytes of
 * UTF-8; null when none does.
 */
export function endOfPrefix(prefix: string): string | null {
  const characters = Array.from(prefix)
  while (characters.length > 0) {
    const code = characters.pop()?.codePointAt(0) ?? LAST
    if (code === LAST) continue
    const next = code === BEFORE_SURROGATES ? AFTER_SURROGATES : code + 1
    return characters.join('') + String.fromCodePoint(next)
  }
  return null
}
