/**
 * Characters that a terminal obeys instead of showing them (ESC and the other controls, C1 included), or that change
 * how their neighbours look: line breaks, marks of direction, what has no width. A blank that is no space as well.
 */
const OBEYED = /[\p{C}\p{Zl}\p{Zp}]/gu

/** A text from outside, on one line of a terminal: what would be obeyed is written as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(OBEYED, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The same value as JSON that a terminal can show as well; `JSON.stringify` escapes only the first 32 controls. */
export function jsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(/[^\n\P{C}]|[\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}
