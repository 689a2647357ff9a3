import { jsonFault } from './json-fault.ts'

/** Deepest nesting of one value: three levels are usual, pivots need four, LookML filters a few more. */
const MAX_DEPTH = 64

/** An integer part of so many digits may be beyond 2^53, where JSON.parse loses digits. */
const LONG_INTEGER_DIGITS = 16

/** An exponent of so many digits may be beyond the range of a double. */
const LONG_EXPONENT_DIGITS = 3

/** Where the scanner stands inside a value, from one chunk to the next. */
export type ValueScan = {
  /** Open brackets; 0 before and after the value. */
  depth: number
  inString: boolean
  /** Was the byte before a backslash? */
  escaped: boolean
  /** Has the string at hand an escape? Has one of the keys since the caller reset it? See `parseJson`. */
  escapedString: boolean
  escapedKey: boolean
  /** Digits so far of the part of a number that is being read, and how many make it a long one. */
  digits: number
  longDigits: number
  /**
   * Positions inside the numbers that JSON.parse may not keep, in the chunk last scanned. The caller takes them
   * out after each chunk.
   */
  longNumbers: number[]
}

export function createValueScan(): ValueScan {
  return {
    depth: 0,
    inString: false,
    escaped: false,
    escapedString: false,
    escapedKey: false,
    digits: 0,
    longDigits: LONG_INTEGER_DIGITS,
    longNumbers: [],
  }
}

/** Has the value that was begun come to its end? */
export function isScanned(scan: ValueScan): boolean {
  return scan.depth === 0 && !scan.inString
}

/**
 * Reads on in an object, a list or a string: the hot loop of every import. It only finds the end; whether the
 * value is valid JSON is for JSON.parse to say.
 *
 * @returns the position after the value's last byte, or the chunk's length when the value goes on
 * @throws LookerError `depth`
 */
export function scanValue(scan: ValueScan, bytes: Uint8Array, from: number): number {
  const end = bytes.length
  let { depth, inString, escapedString, digits, longDigits } = scan
  let at = from
  if (scan.escaped && at < end) {
    scan.escaped = false
    at += 1
  }
  while (at < end) {
    if (inString) {
      while (at < end) {
        const byte = bytes[at] as number
        at += 1
        if (byte === 0x22 /* " */) {
          inString = false
          break
        }
        if (byte === 0x5c /* \ */) {
          escapedString = true
          at += 1
        }
      }
      if (at > end) {
        scan.escaped = true
        at = end
      }
      if (depth === 0 && !inString) break
      continue
    }
    const byte = bytes[at] as number
    at += 1
    if (byte === 0x22) {
      inString = true
      escapedString = false
    } else if (byte === 0x3a /* : */) {
      if (escapedString) scan.escapedKey = true
    } else if (byte >= 0x30 && byte <= 0x39 /* 0-9 */) {
      digits += 1
      if (digits === longDigits) scan.longNumbers.push(at - 1)
      continue
    } else if ((byte | 0x20) === 0x7b /* { [ */) {
      depth += 1
      if (depth > MAX_DEPTH) throw jsonFault('depth')
    } else if ((byte | 0x20) === 0x7d /* } ] */) {
      depth -= 1
      if (depth <= 0) break
    } else if (byte === 0x2e /* . */) {
      longDigits = Number.POSITIVE_INFINITY
      digits = 0
      continue
    } else if (byte === 0x65 || byte === 0x45 /* e E */) {
      longDigits = LONG_EXPONENT_DIGITS
      digits = 0
      continue
    } else if (byte === 0x2b || byte === 0x2d /* + - */) {
      continue
    }
    longDigits = LONG_INTEGER_DIGITS
    digits = 0
  }
  scan.depth = depth
  scan.inString = inString
  scan.escapedString = escapedString
  scan.digits = digits
  scan.longDigits = longDigits
  return at
}
