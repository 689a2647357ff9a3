import { ESCAPED, NO_CELL, packCell, TEXT } from './cell.ts'

/**
 * Finds the end of a string, four bytes at a time. Everything that JSON.parse would refuse in it is refused, but
 * UTF-8, which is checked for many rows at once.
 *
 * @param from the place of its opening quote
 * @returns the packed cell, or `NO_CELL`
 */
export function scanText(view: DataView, from: number): number {
  const limit = view.byteLength
  let kind = TEXT
  let at = from + 1
  for (;;) {
    while (at + 4 <= limit) {
      const word = view.getInt32(at, true)
      const quote = word ^ 0x22222222
      const backslash = word ^ 0x5c5c5c5c
      // A byte's high bit is set where it is a quote, a backslash or below a space; above such a byte it may be
      // set wrongly, so only the lowest one counts.
      const hits =
        (((quote - 0x01010101) & ~quote) |
          ((backslash - 0x01010101) & ~backslash) |
          ((word - 0x20202020) & ~word)) &
        0x80808080
      if (hits !== 0) {
        at += (31 - Math.clz32(hits & -hits)) >> 3
        break
      }
      at += 4
    }
    if (at >= limit) return NO_CELL
    const byte = view.getUint8(at)
    if (byte === 0x22 /* " */) return packCell(at + 1, kind)
    if (byte < 0x20) return NO_CELL
    if (byte !== 0x5c /* \ */) {
      at += 1
      continue
    }
    at = escapeEnd(view, at)
    if (at === NO_CELL) return NO_CELL
    kind = ESCAPED
  }
}

function escapeEnd(view: DataView, from: number): number {
  if (from + 1 >= view.byteLength) return NO_CELL
  switch (view.getUint8(from + 1)) {
    case 0x22 /* " */:
    case 0x5c /* \ */:
    case 0x2f /* / */:
    case 0x62 /* b */:
    case 0x66 /* f */:
    case 0x6e /* n */:
    case 0x72 /* r */:
    case 0x74 /* t */:
      return from + 2
    case 0x75 /* u */:
      return unitAt(view, from + 2) === NO_CELL ? NO_CELL : from + 6
    default:
      return NO_CELL
  }
}

/** The UTF-16 unit that four hexadecimal digits stand for; `NO_CELL` when they do not. */
export function unitAt(view: DataView, from: number): number {
  if (from + 4 > view.byteLength) return NO_CELL
  let unit = 0
  for (let at = from; at < from + 4; at += 1) {
    const byte = view.getUint8(at)
    const letter = byte | 0x20
    if (byte >= 0x30 && byte <= 0x39) unit = (unit << 4) | (byte - 0x30)
    else if (letter >= 0x61 && letter <= 0x66) unit = (unit << 4) | (letter - 0x57)
    else return NO_CELL
  }
  return unit
}
