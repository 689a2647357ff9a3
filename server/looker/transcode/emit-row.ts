import { MAX_PROPERTY_CHARACTERS } from '../../../shared/heap-limits.ts'
import type { JoinKey } from '../../../shared/rows/join-key.ts'
import { readJoinKey } from '../../../shared/rows/join-key.ts'
import type { LocalTimeReader } from '../../../shared/rows/local-time.ts'
import { SHORTEST_LOCAL_TIME } from '../../../shared/rows/local-time.ts'
import type { ValueNotes } from '../../../shared/rows/property-value.ts'
import { readPropertyValue } from '../../../shared/rows/property-value.ts'
import type { MappedValue } from '../../../shared/rows/row-mapper.ts'
import { ESCAPED, endOf, FALSE, kindOf, NULL, NUMBER, TEXT, TRUE } from './cell.ts'
import type { LineBuffer } from './line-buffer.ts'
import { copyRun, pieceOf, viewOf, wordCount, writePiece } from './line-buffer.ts'
import { parseCell } from './parse-cell.ts'
import { isPlainKey } from './plain-key.ts'
import { BROKEN_TEXT, writeEscaped } from './write-escaped.ts'

/** How rows of a template become lines. */
export type LinePlan = {
  /** The cell of the join key. */
  keySlot: number
  /** In the order of the line. */
  members: { slot: number; name: string; readTime: LocalTimeReader | null }[]
  /** What stands in a line before the join key, and between it and the members: `{"identity":`, `,"properties":`. */
  beforeKey: string
  afterKey: string
  /** What an empty cell becomes; an empty text: it is left out. */
  emptyValue: string
  /** Writes a value as the line has it. */
  writeValue: (value: string | number) => string
  /** Counted up in place. */
  notes: ValueNotes
  /** The kind of a value as the line has it, a small number. */
  kindOf: (value: MappedValue) => number
}

/** The bytes in which cells were recorded. */
export type CellSource = { bytes: Buffer; view: DataView }

/** What `emit` answers for a row that is no entity; see `refusal`. */
export const NO_ENTITY = -1

export type RowEmitter = {
  /**
   * Writes the line of a row after the lines there are; the row's cells are those of the template.
   *
   * @param at where the line begins
   * @param rowBytes at least the length of the row
   * @returns the place after the line, or `NO_ENTITY`
   */
  emit: (source: CellSource, cells: Int32Array, index: number, at: number, rowBytes: number) => number
  /** Where the join key of the row just emitted stands, as UTF-8 without quotes. */
  key: { view: DataView; from: number; end: number }
  keyText: () => string
  /** The kinds of the values of the row just emitted, in the order of the members. */
  kinds: Uint8Array
  /** Why the row just emitted is no entity. */
  refusal: () => Exclude<JoinKey, { kind: 'key' }>
}

/** A word of a string that begins like an anchor: `"<a `. */
const ANCHOR = 0x20613c22

const QUOTE = 0x22

/**
 * Makes the function that writes rows as lines. Short texts without escapes and plain numbers are copied; whatever
 * a rule could change goes through that rule, so that the rules stay where they are.
 */
export function createRowEmitter(plan: LinePlan, lines: LineBuffer): RowEmitter {
  const { keySlot, members, notes, writeValue } = plan
  const kinds = new Uint8Array(members.length)
  const noValue = plan.kindOf(undefined)
  const text = plan.kindOf('')
  const number = plan.kindOf(0)
  const beforeKey = pieceOf(plan.beforeKey)
  const afterKey = pieceOf(plan.afterKey)
  const names = members.map(({ name }) => pieceOf(`,${JSON.stringify(name)}:`))
  const nameWords = BigInt64Array.from(names.flatMap(({ words }) => [...words]))
  const nameLengths = Int32Array.from(names, ({ length }) => length)
  const slots = Int32Array.from(members, ({ slot }) => slot)
  // A shorter text is no local time, which most dates are.
  const longestPlain = Int32Array.from(members, ({ readTime }) =>
    readTime === null ? MAX_PROPERTY_CHARACTERS : SHORTEST_LOCAL_TIME - 1,
  )
  const isNumberText = writeValue(1) !== '1'
  const constants = [true, false].map((value) =>
    pieceOf(writeValue(readPropertyValue(value, null, notes) ?? '')),
  )
  const empty = plan.emptyValue === '' ? null : pieceOf(writeValue(plan.emptyValue))
  const emptyBytes = empty === null ? 0 : empty.length
  const fixedBytes =
    64 +
    beforeKey.length +
    afterKey.length +
    nameLengths.reduce((sum, length) => sum + length + 2 + emptyBytes, 0)
  const keyText = Buffer.alloc(4 * 1024)
  const keyView = viewOf(keyText)
  const key = { view: keyView, from: 0, end: 0 }
  let refusal: Exclude<JoinKey, { kind: 'key' }> = { kind: 'missing' }

  function emit(
    source: CellSource,
    cells: Int32Array,
    index: number,
    start: number,
    rowBytes: number,
  ): number {
    lines.reserve(start, fixedBytes + rowBytes)
    let at = writeKey(source, cells, index, writePiece(lines.view, start, beforeKey), rowBytes)
    if (at === NO_ENTITY) return NO_ENTITY
    const { bytes, view } = source
    let target = lines.view
    at = writePiece(target, at, afterKey)
    const first = at
    let word = 0
    for (let member = 0; member < slots.length; member += 1) {
      const place = index + 2 * (slots[member] as number)
      const from = cells[place] as number
      const end = endOf(cells[place + 1] as number)
      const kind = kindOf(cells[place + 1] as number)
      const nameLength = nameLengths[member] as number
      const nextWord = word + wordCount(nameLength)
      if (kind === NULL && empty === null) {
        kinds[member] = noValue
        word = nextWord
        continue
      }
      kinds[member] = kind === NULL ? noValue : kind === NUMBER ? number : text
      let write = at
      for (; word < nextWord; word += 1, write += 8)
        target.setBigInt64(write, nameWords[word] as bigint, true)
      const value = at + nameLength
      if (kind === NULL) {
        if (empty !== null) at = writePiece(target, value, empty)
        continue
      }
      if (kind === TEXT) {
        const length = end - from - 2
        if (
          length <= (longestPlain[member] as number) &&
          !(length > 2 && view.getInt32(from, true) === ANCHOR)
        ) {
          at = copyRun(lines, value, bytes, view, from, end)
          continue
        }
      } else if (kind === NUMBER) {
        if (!isNumberText) {
          at = copyRun(lines, value, bytes, view, from, end)
          continue
        }
        target.setUint8(value, QUOTE)
        at = copyRun(lines, value + 1, bytes, view, from, end)
        target.setUint8(at, QUOTE)
        at += 1
        continue
      } else if (kind === ESCAPED) {
        const after = writeEscaped(view, from, end, target, value)
        const length = after - value - 2
        const isPlain = after !== BROKEN_TEXT && length <= (longestPlain[member] as number)
        if (isPlain && !(length > 2 && target.getInt32(value, true) === ANCHOR)) {
          at = after
          continue
        }
      } else if (kind === TRUE || kind === FALSE) {
        const constant = constants[kind === TRUE ? 0 : 1]
        if (constant) at = writePiece(target, value, constant)
        continue
      }
      const after = writeByRule(source, from, end, kind, member, value, rowBytes)
      // Without a value its name is overwritten by the next one.
      if (after !== BROKEN_TEXT) at = after
      target = lines.view
    }
    if (at === first) at += 1
    target.setUint8(first, 0x7b /* { */)
    target.setUint16(at, 0x7d7d /* }} */)
    return at + 2
  }

  /** @returns the place after the value, or `BROKEN_TEXT` when the rule leaves it out */
  function writeByRule(
    { bytes }: CellSource,
    from: number,
    end: number,
    kind: number,
    member: number,
    at: number,
    rowBytes: number,
  ): number {
    const raw = parseCell(bytes, from, end, kind)
    const value = readPropertyValue(raw, members[member]?.readTime ?? null, notes)
    kinds[member] = plan.kindOf(value)
    if (value === undefined) return BROKEN_TEXT
    return writeText(writeValue(value), at, rowBytes)
  }

  function writeText(text: string, at: number, rowBytes: number): number {
    lines.reserve(at, text.length * 3 + fixedBytes + rowBytes)
    return at + lines.bytes.write(text, at)
  }

  function writeKey(
    { bytes, view }: CellSource,
    cells: Int32Array,
    index: number,
    at: number,
    rowBytes: number,
  ): number {
    const place = index + 2 * keySlot
    const from = cells[place] as number
    const end = endOf(cells[place + 1] as number)
    const kind = kindOf(cells[place + 1] as number)
    if (kind === TEXT && isPlainKey(view, from + 1, end - 1)) {
      key.view = view
      key.from = from + 1
      key.end = end - 1
      return copyRun(lines, at, bytes, view, from, end)
    }
    if (kind === NUMBER && isPlainKey(view, from, end)) {
      key.view = view
      key.from = from
      key.end = end
      lines.view.setUint8(at, QUOTE)
      const after = copyRun(lines, at + 1, bytes, view, from, end)
      lines.view.setUint8(after, QUOTE)
      return after + 1
    }
    const read = readJoinKey(parseCell(bytes, from, end, kind), notes)
    if (read.kind !== 'key') {
      refusal = read
      return NO_ENTITY
    }
    key.view = keyView
    key.from = 0
    key.end = keyText.write(read.key)
    return writeText(JSON.stringify(read.key), at, rowBytes)
  }

  return {
    emit,
    key,
    kinds,
    keyText: () =>
      Buffer.from(key.view.buffer, key.view.byteOffset + key.from, key.end - key.from).toString(),
    refusal: () => refusal,
  }
}
