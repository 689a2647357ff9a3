import { MAX_PROPERTY_CHARACTERS } from '../../../shared/heap-limits.ts'
import type { JoinKey } from '../../../shared/rows/join-key.ts'
import { readJoinKey } from '../../../shared/rows/join-key.ts'
import type { LocalTimeReader } from '../../../shared/rows/local-time.ts'
import { SHORTEST_LOCAL_TIME } from '../../../shared/rows/local-time.ts'
import type { ValueNotes } from '../../../shared/rows/property-value.ts'
import { readPropertyValue } from '../../../shared/rows/property-value.ts'
import type { MappedValue } from '../../../shared/rows/row-mapper.ts'
import { ESCAPED, endOf, kindOf, NUMBER, TEXT } from './cell.ts'
import { copyRun, pieceOf, viewOf, writePiece } from './line-buffer.ts'
import { parseCell } from './parse-cell.ts'
import { isPlainKey } from './plain-key.ts'
import type { RowPlan } from './row-plan.ts'
import type { ScanMemory } from './wasm/scan-memory.ts'
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
  kinds: () => Uint8Array
  /** Why the row just emitted is no entity. */
  refusal: () => Exclude<JoinKey, { kind: 'key' }>
}

/** A word of a string that begins like an anchor: `"<a `. */
const ANCHOR = 0x20613c22

const QUOTE = 0x22

/**
 * Makes the function that writes rows as lines. Short texts without escapes and plain numbers are copied; whatever
 * a rule could change goes through that rule, so that the rules stay where they are.
 *
 * @param table what was learned of the rows is written there
 */
export function createRowEmitter(plan: LinePlan, memory: ScanMemory, table: RowPlan): RowEmitter {
  const { keySlot, members, notes, writeValue } = plan
  const { lines } = memory
  const beforeKey = pieceOf(plan.beforeKey)
  const afterKey = pieceOf(plan.afterKey)
  // A shorter text is no local time, which most dates are.
  const longestPlain = members.map(({ readTime }) =>
    readTime === null ? MAX_PROPERTY_CHARACTERS : SHORTEST_LOCAL_TIME - 1,
  )
  const isNumberText = writeValue(1) !== '1'
  const empty = plan.emptyValue === '' ? null : Buffer.from(writeValue(plan.emptyValue))
  const names = members.map(({ name }) => Buffer.from(`,${JSON.stringify(name)}:`))
  const nameBytes = names.reduce((sum, { length }) => sum + length + 2 + (empty?.length ?? 0), 0)
  const fixedBytes = 64 + beforeKey.length + afterKey.length + nameBytes

  // The numbers that `emit` of rows.wat reads, in its order.
  const common = table.addNumbers([
    plan.kindOf(undefined),
    plan.kindOf(''),
    plan.kindOf(0),
    isNumberText ? 1 : 0,
    ...(empty === null ? [0, -1] : [table.addBytes(empty), empty.length]),
    ...[true, false].flatMap((value) => {
      const constant = Buffer.from(writeValue(readPropertyValue(value, null, notes) ?? ''))
      return [table.addBytes(constant), constant.length]
    }),
  ])
  const entries = members.flatMap(({ slot }, member) => {
    const name = names[member] as Buffer
    return [slot * 8, table.addBytes(name), name.length, longestPlain[member] as number]
  })
  const first = table.addNumbers(entries)
  const last = first + members.length * 16
  const kindsAt = table.addRoom(members.length)
  let kinds: Uint8Array | undefined

  const keyText = Buffer.alloc(4 * 1024)
  const keyView = viewOf(keyText)
  const key = { view: keyView, from: 0, end: 0 }
  let refusal: Exclude<JoinKey, { kind: 'key' }> = { kind: 'missing' }
  let source: CellSource = { bytes: keyText, view: keyView }
  let rowBytes = 0

  function emit(row: CellSource, cells: Int32Array, index: number, start: number, size: number): number {
    source = row
    rowBytes = size
    lines.reserve(start, fixedBytes + rowBytes)
    const keyEnd = writeKey(cells, index, writePiece(lines.view, start, beforeKey))
    if (keyEnd === NO_ENTITY) return NO_ENTITY
    const begin = writePiece(lines.view, keyEnd, afterKey)
    memory.rule = writeByRule
    const end = memory.emit(index * 4, begin, common, first, last, kindsAt)
    const { view } = lines
    const at = end === begin ? end + 1 : end
    view.setUint8(begin, 0x7b /* { */)
    view.setUint16(at, 0x7d7d /* }} */)
    return at + 2
  }

  /** @returns the place after the value, or `BROKEN_TEXT` when the rule leaves it out */
  function writeByRule(member: number, from: number, end: number, kind: number, at: number): number {
    if (kind === ESCAPED) {
      const after = writeEscaped(source.view, from, end, lines.view, at)
      const length = after - at - 2
      const isPlain = after !== BROKEN_TEXT && length <= (longestPlain[member] as number)
      if (isPlain && !(length > 2 && lines.view.getInt32(at, true) === ANCHOR)) return after
    }
    const raw = parseCell(source.bytes, from, end, kind)
    const value = readPropertyValue(raw, members[member]?.readTime ?? null, notes)
    memory.plan.bytes[kindsAt + member] = plan.kindOf(value)
    if (value === undefined) return BROKEN_TEXT
    return writeText(writeValue(value), at)
  }

  function writeText(text: string, at: number): number {
    lines.reserve(at, text.length * 3 + fixedBytes + rowBytes)
    return at + lines.bytes.write(text, at)
  }

  function writeKey(cells: Int32Array, index: number, at: number): number {
    const { bytes, view } = source
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
    return writeText(JSON.stringify(read.key), at)
  }

  return {
    emit,
    key,
    kinds: () => {
      // The plan does not grow any more once there is a row.
      kinds ??= new Uint8Array(memory.plan.memory.buffer, kindsAt, members.length)
      return kinds
    },
    keyText: () =>
      Buffer.from(key.view.buffer, key.view.byteOffset + key.from, key.end - key.from).toString(),
    refusal: () => refusal,
  }
}
