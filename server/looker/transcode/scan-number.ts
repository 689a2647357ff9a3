import { NO_CELL, NUMBER, ODD_NUMBER, packCell } from './cell.ts'

/**
 * Decimals of so many digits survive a double: JavaScript writes them as they were, unless they end in a zero or
 * need an exponent.
 */
const SAFE_DIGITS = 15

/** JavaScript writes 0.000001, but 1e-7. */
const SAFE_LEADING_ZEROS = 5

/**
 * Finds the end of a number and checks it as JSON.parse does.
 *
 * @returns the packed cell, or `NO_CELL`, also where the bytes end within or right after the number
 */
export function scanNumber(view: DataView, from: number): number {
  const isNegative = view.getUint8(from) === 0x2d /* - */
  const whole = isNegative ? from + 1 : from
  let at = digitsEnd(view, whole)
  const digits = at - whole
  if (digits === 0 || at >= view.byteLength) return NO_CELL
  const isZero = view.getUint8(whole) === 0x30
  if (isZero && digits > 1) return NO_CELL
  let isPlain = digits <= SAFE_DIGITS && !(isZero && isNegative)
  let byte = view.getUint8(at)
  if (byte === 0x2e /* . */) {
    const fraction = at + 1
    at = digitsEnd(view, fraction)
    if (at === fraction || at >= view.byteLength) return NO_CELL
    isPlain = digits + at - fraction <= SAFE_DIGITS && view.getUint8(at - 1) !== 0x30
    if (isPlain && isZero) isPlain = leadingZeros(view, fraction) <= SAFE_LEADING_ZEROS
    byte = view.getUint8(at)
  }
  if ((byte | 0x20) === 0x65 /* e */) {
    isPlain = false
    if (at + 1 >= view.byteLength) return NO_CELL
    const sign = view.getUint8(at + 1)
    const exponent = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1
    at = digitsEnd(view, exponent)
    if (at === exponent || at >= view.byteLength) return NO_CELL
  }
  return packCell(at, isPlain ? NUMBER : ODD_NUMBER)
}

function digitsEnd(view: DataView, from: number): number {
  const limit = view.byteLength
  let at = from
  while (at < limit) {
    const byte = view.getUint8(at)
    if (byte < 0x30 || byte > 0x39) break
    at += 1
  }
  return at
}

/** Of digits of which one is no zero. */
function leadingZeros(view: DataView, from: number): number {
  let at = from
  while (view.getUint8(at) === 0x30) at += 1
  return at - from
}
