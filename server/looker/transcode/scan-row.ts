import { FALSE, KIND_BITS, NO_CELL, NULL, packCell, TRUE } from './cell.ts'
import type { RowTemplate } from './row-template.ts'
import { scanNumber } from './scan-number.ts'
import { scanText } from './scan-text.ts'

/** What `scan` answers for a row of another form, or of which the end is missing. */
export const NO_MATCH = -1

export type RowScanner = {
  /** Cells of a row. */
  slots: number
  /**
   * Matches one row and records its cells, two numbers each (see `cell.ts`). What matches is valid JSON, if it is
   * valid UTF-8. What is recorded of a row that does not match has no meaning.
   *
   * @param cells takes up `2 * slots` numbers, from `index`
   * @param shift is added to every place
   * @returns the place after the row, or `NO_MATCH`
   */
  scan: (view: DataView, from: number, cells: Int32Array, index: number, shift: number) => number
}

const WORD_NULL = 0x6c6c756e
const WORD_TRUE = 0x65757274
const WORD_FALS = 0x736c6166

/** Makes the scanner of a template: one pass over a row that compares words and finds the ends of values. */
export function createRowScanner({ literals }: RowTemplate): RowScanner {
  const slots = literals.length - 1
  const lengths = Int32Array.from(literals, (literal) => literal.length)
  const words = Int32Array.from(literals.flatMap(wordsOf))
  const tail = literals[slots] ?? new Uint8Array(0)

  function scan(view: DataView, from: number, cells: Int32Array, index: number, shift: number): number {
    const limit = view.byteLength
    const packedShift = shift << KIND_BITS
    let at = from
    let word = 0
    let cell = index
    for (let slot = 0; slot < slots; slot += 1) {
      const end = at + (lengths[slot] as number)
      if (end >= limit) return NO_MATCH
      const last = end - 4
      while (at < last) {
        if (view.getInt32(at, true) !== words[word]) return NO_MATCH
        at += 4
        word += 1
      }
      if (view.getInt32(last, true) !== words[word]) return NO_MATCH
      word += 1
      const packed = scanValue(view, end)
      if (packed === NO_CELL) return NO_MATCH
      cells[cell] = end + shift
      cells[cell + 1] = packed + packedShift
      cell += 2
      at = packed >> KIND_BITS
    }
    if (at + tail.length > limit) return NO_MATCH
    for (let offset = 0; offset < tail.length; offset += 1) {
      if (view.getUint8(at + offset) !== tail[offset]) return NO_MATCH
    }
    return at + tail.length
  }

  return { slots, scan }
}

/** A literal before a value is at least `,"":`, so that it can be compared in words; the last two may overlap. */
function wordsOf(literal: Uint8Array): number[] {
  const view = new DataView(literal.buffer, literal.byteOffset, literal.byteLength)
  const words: number[] = []
  if (literal.length < 4) return words
  for (let at = 0; at < literal.length - 4; at += 4) words.push(view.getInt32(at, true))
  words.push(view.getInt32(literal.length - 4, true))
  return words
}

function scanValue(view: DataView, from: number): number {
  const first = view.getUint8(from)
  if (first === 0x22 /* " */) return scanText(view, from)
  if (first <= 0x39) return first >= 0x30 || first === 0x2d /* - */ ? scanNumber(view, from) : NO_CELL
  if (from + 4 > view.byteLength) return NO_CELL
  const word = view.getInt32(from, true)
  if (word === WORD_NULL) return packCell(from + 4, NULL)
  if (word === WORD_TRUE) return packCell(from + 4, TRUE)
  if (word !== WORD_FALS || from + 5 > view.byteLength || view.getUint8(from + 4) !== 0x65) return NO_CELL
  return packCell(from + 5, FALSE)
}
