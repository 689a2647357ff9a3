import { columnsOf, keyField, pivotValues } from './bench-columns.ts'
import type { BenchLook } from './bench-look.ts'
import { PIVOTED_MEASURE } from './bench-look.ts'

/** Rows whose bytes are prepared; all but the key repeats after so many. */
export const BLOCK_ROWS = 1_000

/** What stands before and after the number of the row in a join key. */
export const KEY_START = 'person-'
export const KEY_END = '@example.com'

/** Digits of a row's number: those of its block, then those within the block. */
const BLOCK_DIGITS = 5
const ROW_DIGITS = 3
export const KEY_DIGITS = BLOCK_DIGITS + ROW_DIGITS

const ZERO = 0x30

/**
 * The rows of a Look as Looker writes them in the lite format, in blocks, with commas between all rows. What
 * makes them takes next to no time, as it runs beside what is measured: a block is a copy of a prepared one
 * with the numbers in the keys changed.
 */
export function* rowBlocks(look: BenchLook): Generator<Buffer> {
  const { bytes, numbersAt, rowEnds } = prepareBlock(look)
  for (let first = 0, block = 0; first < look.rows; first += BLOCK_ROWS, block += 1) {
    const left = look.rows - first
    // A comma stands behind every row but the last.
    const end = left > BLOCK_ROWS ? bytes.length : (rowEnds[left - 1] ?? 0)
    const copy = Buffer.allocUnsafe(end)
    bytes.copy(copy, 0, 0, end)
    writeNumbers(copy, numbersAt, block)
    yield copy
  }
}

type PreparedBlock = {
  bytes: Buffer
  /** Where the digits of the block's number stand in each row. */
  numbersAt: number[]
  /** Where each row ends, without the comma behind it. */
  rowEnds: number[]
}

function prepareBlock(look: BenchLook): PreparedBlock {
  const writeCells = look.shape === 'plain' ? plainCells(look) : pivotedCells(look)
  const start = `{${JSON.stringify(keyField.name)}:{"value":"${KEY_START}`
  const numbersAt: number[] = []
  const rowEnds: number[] = []
  const parts: Buffer[] = []
  let at = 0
  for (let row = 0; row < Math.min(BLOCK_ROWS, look.rows); row += 1) {
    const number = String(row).padStart(KEY_DIGITS, '0')
    const text = Buffer.from(`${start}${number}${KEY_END}"},${writeCells(row)}},`)
    numbersAt.push(at + start.length)
    at += text.length
    rowEnds.push(at - 1)
    parts.push(text)
  }
  return { bytes: Buffer.concat(parts), numbersAt, rowEnds }
}

function writeNumbers(block: Buffer, numbersAt: readonly number[], number: number): void {
  const digits = [...String(number).padStart(BLOCK_DIGITS, '0')].map((digit) => ZERO + Number(digit))
  for (const start of numbersAt) {
    if (start + BLOCK_DIGITS > block.length) return
    for (let index = 0; index < BLOCK_DIGITS; index += 1) block[start + index] = digits[index] ?? ZERO
  }
}

function plainCells(look: BenchLook): (row: number) => string {
  const columns = columnsOf(look).map(({ field, write }) => ({ name: JSON.stringify(field.name), write }))
  const { changedEvery = 0 } = look
  return (row) => {
    const values = changedEvery > 0 && row % changedEvery === 0 ? row + 1 : row
    return columns.map(({ name, write }) => `${name}:{"value":${write(values)}}`).join(',')
  }
}

function pivotedCells(look: BenchLook): (row: number) => string {
  const keys = pivotValues(look).map((value) => JSON.stringify(value))
  return (row) => {
    const cells = keys.map((key, index) => `${key}:{"value":${(row * 7 + index) % 400}}`)
    return `${JSON.stringify(PIVOTED_MEASURE)}:{${cells.join(',')}}`
  }
}
