/** What `writeEscaped` answers for a text with half of a surrogate pair. */
export const BROKEN_TEXT = -1

/**
 * Writes a string with escapes as `JSON.stringify(JSON.parse(string))` does, which is never longer.
 *
 * @param from the place of its opening quote
 * @param end the place after its closing quote
 * @returns the place after what was written, or `BROKEN_TEXT`
 */
export function writeEscaped(
  source: DataView,
  from: number,
  end: number,
  target: DataView,
  to: number,
): number {
  let at = from
  let write = to
  while (at < end) {
    const byte = source.getUint8(at)
    if (byte !== 0x5c /* \ */) {
      target.setUint8(write, byte)
      at += 1
      write += 1
      continue
    }
    const letter = source.getUint8(at + 1)
    if (letter !== 0x75 /* u */) {
      // A slash is the only one that JSON.stringify does not escape.
      if (letter !== 0x2f) {
        target.setUint8(write, 0x5c)
        write += 1
      }
      target.setUint8(write, letter)
      at += 2
      write += 1
      continue
    }
    let point = unitAt(source, at + 2)
    at += 6
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = isUnitEscape(source, at) ? unitAt(source, at + 2) : 0
      if (point > 0xdbff || low < 0xdc00 || low > 0xdfff) return BROKEN_TEXT
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00)
      at += 6
    }
    write = writePoint(target, write, point)
  }
  return write
}

function isUnitEscape(source: DataView, at: number): boolean {
  return source.getUint8(at) === 0x5c && source.getUint8(at + 1) === 0x75
}

const SHORT_ESCAPES = new Map([
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
  [0x22, 0x22],
  [0x5c, 0x5c],
])

function writePoint(target: DataView, at: number, point: number): number {
  if (point >= 0x10000) {
    target.setUint8(at, 0xf0 | (point >> 18))
    target.setUint8(at + 1, 0x80 | ((point >> 12) & 0x3f))
    target.setUint8(at + 2, 0x80 | ((point >> 6) & 0x3f))
    target.setUint8(at + 3, 0x80 | (point & 0x3f))
    return at + 4
  }
  if (point >= 0x800) {
    target.setUint8(at, 0xe0 | (point >> 12))
    target.setUint8(at + 1, 0x80 | ((point >> 6) & 0x3f))
    target.setUint8(at + 2, 0x80 | (point & 0x3f))
    return at + 3
  }
  if (point >= 0x80) {
    target.setUint8(at, 0xc0 | (point >> 6))
    target.setUint8(at + 1, 0x80 | (point & 0x3f))
    return at + 2
  }
  const short = SHORT_ESCAPES.get(point)
  if (short !== undefined) {
    target.setUint8(at, 0x5c)
    target.setUint8(at + 1, short)
    return at + 2
  }
  if (point >= 0x20) {
    target.setUint8(at, point)
    return at + 1
  }
  // \u00 and two digits, in small letters.
  target.setUint32(at, 0x5c753030)
  target.setUint8(at + 4, 0x30 | (point >> 4))
  const low = point & 0xf
  target.setUint8(at + 5, low < 10 ? 0x30 + low : 0x57 + low)
  return at + 6
}

const NO_UNIT = -1

/** The UTF-16 unit that four hexadecimal digits stand for; `NO_UNIT` when they do not. */
function unitAt(view: DataView, from: number): number {
  if (from + 4 > view.byteLength) return NO_UNIT
  let unit = 0
  for (let at = from; at < from + 4; at += 1) {
    const byte = view.getUint8(at)
    const letter = byte | 0x20
    if (byte >= 0x30 && byte <= 0x39) unit = (unit << 4) | (byte - 0x30)
    else if (letter >= 0x61 && letter <= 0x66) unit = (unit << 4) | (letter - 0x57)
    else return NO_UNIT
  }
  return unit
}
