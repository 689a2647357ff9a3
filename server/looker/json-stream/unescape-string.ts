import { jsonFault } from './json-fault.ts'

/** Where the reader stands inside a JSON string, from one chunk to the next. */
type StringScan = {
  state: 'text' | 'escape' | 'hex' | 'ended'
  /** The four digits of a `\u` escape: how many have come, and their value. */
  hexDigits: number
  code: number
  /** A high surrogate that waits for its low one; 0 for none. */
  high: number
}

/** After the opening quote. */
export function createStringScan(): StringScan {
  return { state: 'text', hexDigits: 0, code: 0, high: 0 }
}

/** Longest UTF-8 that can come out of a chunk beyond its own size: a surrogate kept from the chunk before. */
const SURPLUS = 8

/** The byte that an escape's letter stands for; 0 where there is none. */
const SIMPLE_ESCAPES = new Uint8Array(256)
for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  SIMPLE_ESCAPES[String(letter).charCodeAt(0)] = String(meaning).charCodeAt(0)
}

/**
 * Reads on in a JSON string. A lone surrogate becomes U+FFFD, as everywhere when text becomes UTF-8.
 *
 * @returns the string's content as UTF-8, and the position after the closing quote or the chunk's end
 * @throws LookerError `syntax`
 */
export function unescapeString(
  scan: StringScan,
  bytes: Uint8Array,
  from: number,
): { text: Buffer; end: number } {
  const out = Buffer.allocUnsafe(bytes.length - from + SURPLUS)
  let length = 0
  let at = from

  function put(code: number): void {
    length += out.write(String.fromCodePoint(code), length)
  }

  function settleSurrogate(): void {
    if (scan.high === 0) return
    put(0xfffd)
    scan.high = 0
  }

  function putUnit(unit: number): void {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    if (isLow && scan.high !== 0) {
      put(0x10000 + ((scan.high - 0xd800) << 10) + (unit - 0xdc00))
      scan.high = 0
      return
    }
    settleSurrogate()
    if (unit >= 0xd800 && unit <= 0xdbff) scan.high = unit
    else put(isLow ? 0xfffd : unit)
  }

  while (at < bytes.length && scan.state !== 'ended') {
    if (scan.state === 'text') {
      if (scan.high !== 0 && bytes[at] !== 0x5c) settleSurrogate()
      const run = copyPlain(bytes, at, out, length)
      at += run
      length += run
      if (at === bytes.length) break
      if (bytes[at] === 0x5c /* \ */) scan.state = 'escape'
      else if (bytes[at] === 0x22 /* " */) scan.state = 'ended'
      else throw jsonFault('syntax')
      at += 1
      continue
    }
    const byte = bytes[at] as number
    at += 1
    if (scan.state === 'escape') {
      if (byte === 0x75 /* u */) {
        scan.state = 'hex'
        scan.hexDigits = 0
        scan.code = 0
        continue
      }
      const meaning = SIMPLE_ESCAPES[byte] as number
      if (meaning === 0) throw jsonFault('syntax')
      settleSurrogate()
      out[length] = meaning
      length += 1
      scan.state = 'text'
    } else {
      scan.code = scan.code * 16 + hexValue(byte)
      scan.hexDigits += 1
      if (scan.hexDigits === 4) {
        putUnit(scan.code)
        scan.state = 'text'
      }
    }
  }
  return { text: out.subarray(0, length), end: at }
}

/** Copies bytes up to the next that means something; most of a string is such a run. */
function copyPlain(bytes: Uint8Array, from: number, out: Buffer, to: number): number {
  let at = from
  let length = to
  while (at < bytes.length) {
    const byte = bytes[at] as number
    if (byte === 0x22 || byte === 0x5c || byte < 0x20) break
    out[length] = byte
    at += 1
    length += 1
  }
  return at - from
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x57
  throw jsonFault('syntax')
}
