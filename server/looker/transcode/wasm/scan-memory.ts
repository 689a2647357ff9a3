import type { MemoryArea } from './memory-area.ts'
import { createMemoryArea } from './memory-area.ts'
import { PROGRAM } from './program.ts'

/** Writes a value that a rule could change at a place of the lines. @returns the place after it, or -1 */
export type WriteByRule = (member: number, from: number, end: number, kind: number, at: number) => number

/**
 * Where the rows of one delivery are scanned and written: its source (what has been read and not taken yet), its
 * lines, and the plan: what was learned of the rows, and the cells of those that were matched.
 */
export type ScanMemory = {
  source: MemoryArea
  lines: MemoryArea
  plan: MemoryArea
  /** See rows.wat. */
  scan: (at: number, limit: number, entry: number, last: number, cell: number) => number
  emit: (cells: number, at: number, common: number, entry: number, last: number, kindAt: number) => number
  /** Is asked by `emit`. */
  rule: WriteByRule
}

/** Larger memories are given back; a delivery with rows of megabytes is rare. */
const KEPT_BYTES = 8 * 1024 * 1024

/** As many as are read at once, unless that was set otherwise. */
const MOST_KEPT = 8

const spare: ScanMemory[] = []

/** Lends a memory; most of the time one that was used before, as making one costs as much as a hundred rows. */
export function takeScanMemory(): ScanMemory {
  return spare.pop() ?? createScanMemory()
}

/** Nobody may look at the memory any more. */
export function returnScanMemory(memory: ScanMemory): void {
  memory.rule = noRule
  const size = memory.source.bytes.length + memory.lines.bytes.length + memory.plan.bytes.length
  if (size <= KEPT_BYTES && spare.length < MOST_KEPT) spare.push(memory)
}

function createScanMemory(): ScanMemory {
  const [source, lines, plan] = [createMemoryArea(), createMemoryArea(), createMemoryArea()]
  const rows = {
    source: source.memory,
    lines: lines.memory,
    plan: plan.memory,
    rule: (...given: Parameters<WriteByRule>) => memory.rule(...given),
  }
  const { exports } = new WebAssembly.Instance(PROGRAM, { rows })
  const memory: ScanMemory = {
    source,
    lines,
    plan,
    scan: exports.scan as ScanMemory['scan'],
    emit: exports.emit as ScanMemory['emit'],
    rule: noRule,
  }
  return memory
}

function noRule(): number {
  throw new Error('nothing has been learned yet')
}
