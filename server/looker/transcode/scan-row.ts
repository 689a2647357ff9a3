import { FALSE, KIND_BITS, NO_CELL, NULL, packCell, TRUE } from './cell.ts'
import { viewOf } from './line-buffer.ts'
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
  // Eight bytes at a time: V8 compares them without making a BigInt of them.
  const longWords = BigInt64Array.from(literals.flatMap(longWordsOf))
  const words = Int32Array.from(literals.flatMap(wordsOf))
  const tail = literals[slots] ?? new Uint8Array(0)

  function scan(view: DataView, from: number, cells: Int32Array, index: number, shift: number): number {
    const limit = view.byteLength
    const packedShift = shift << KIND_BITS
    let at = from
    let longWord = 0
    let word = 0
    let cell = index
    for (let slot = 0; slot < slots; slot += 1) {
      const end = at + (lengths[slot] as number)
      if (end >= limit) return NO_MATCH
      if (end - at >= LONG) {
        const last = end - LONG
        while (at < last) {
          if (view.getBigInt64(at, true) !== longWords[longWord]) return NO_MATCH
          at += LONG
          longWord += 1
        }
        if (view.getBigInt64(last, true) !== longWords[longWord]) return NO_MATCH
        longWord += 1
      } else {
        if (view.getInt32(at, true) !== words[word]) return NO_MATCH
        if (view.getInt32(end - 4, true) !== words[word + 1]) return NO_MATCH
        word += 2
      }
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

const LONG = 8

/** The words of a long literal; the last two may overlap. */
function longWordsOf(literal: Uint8Array): bigint[] {
  if (literal.length < LONG) return []
  const view = viewOf(literal)
  const words: bigint[] = []
  for (let at = 0; at < literal.length - LONG; at += LONG) words.push(view.getBigInt64(at, true))
  return [...words, view.getBigInt64(literal.length - LONG, true)]
}

/** A literal before a value is at least `,"":`, so that a short one is two words, which may overlap. */
function wordsOf(literal: Uint8Array): number[] {
  if (literal.length < 4 || literal.length >= LONG) return []
  const view = viewOf(literal)
  return [view.getInt32(0, true), view.getInt32(literal.length - 4, true)]
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
