import { createByteCollector } from './byte-collector.ts'
import type { ByteCursor } from './byte-cursor.ts'
import { END, isWhiteSpace, nextToken } from './byte-cursor.ts'
import { decodeText } from './decode-text.ts'
import { jsonFault } from './json-fault.ts'
import { parseJson } from './parse-json.ts'
import { quoteLongNumbers } from './quote-long-numbers.ts'
import { createValueScan, isScanned, scanValue } from './scan-value.ts'

/** Bytes that may still be kept in memory; counts down over all that is read with it. */
export type ByteBudget = { left: number }

/** Told of a position inside each number that may be long, counted from the start of the piece that follows. */
type OnLongNumber = (position: number) => void

/**
 * The bytes of the value at the cursor, as views into the chunks, and moves past it. Only where it ends is
 * found out, not whether it is valid.
 *
 * @throws LookerError `ended`, `depth`; `syntax` when no value stands there
 */
export async function* readValueBytes(
  cursor: ByteCursor,
  onLongNumber: OnLongNumber = () => {},
): AsyncGenerator<Uint8Array, void> {
  const first = await nextToken(cursor)
  if (first === END) throw jsonFault('ended')
  if (first === 0x7b || first === 0x5b || first === 0x22) yield* readBracketed(cursor, onLongNumber)
  else yield* readLiteral(cursor, onLongNumber)
}

async function* readBracketed(
  cursor: ByteCursor,
  onLongNumber: OnLongNumber,
): AsyncGenerator<Uint8Array, void> {
  const scan = createValueScan()
  for (;;) {
    const from = cursor.at
    cursor.at = scanValue(scan, cursor.bytes, from)
    for (const position of scan.longNumbers.splice(0)) onLongNumber(position - from)
    yield cursor.bytes.subarray(from, cursor.at)
    if (isScanned(scan)) return
    if (!(await cursor.more())) throw jsonFault('ended')
  }
}

/** A number, true, false or null: up to the next separator. */
async function* readLiteral(
  cursor: ByteCursor,
  onLongNumber: OnLongNumber,
): AsyncGenerator<Uint8Array, void> {
  onLongNumber(0)
  for (;;) {
    const from = cursor.at
    while (cursor.at < cursor.bytes.length && !isSeparator(cursor.bytes[cursor.at] as number)) cursor.at += 1
    yield cursor.bytes.subarray(from, cursor.at)
    if (cursor.at < cursor.bytes.length) return
    if (!(await cursor.more())) throw jsonFault('ended')
  }
}

function isSeparator(byte: number): boolean {
  return isWhiteSpace(byte) || byte === 0x2c || byte === 0x5d || byte === 0x7d
}

/**
 * Reads the value at the cursor into memory; long numbers as in `quoteLongNumbers`.
 *
 * @throws LookerError of any kind; `size` when the budget is used up
 */
export async function readJson(cursor: ByteCursor, budget: ByteBudget): Promise<unknown> {
  const collector = createByteCollector()
  const longNumbers: number[] = []
  const pieces = readValueBytes(cursor, (position) => longNumbers.push(collector.length + position))
  for await (const piece of pieces) {
    budget.left -= piece.length
    if (budget.left < 0) throw jsonFault('size')
    collector.append(piece, 0, piece.length)
  }
  const text = decodeText(quoteLongNumbers(collector.view(0, collector.length), longNumbers))
  try {
    return parseJson(text)
  } catch {
    throw jsonFault('syntax')
  }
}

/**
 * Goes through the members of the object at the cursor: yields each key with the cursor before the value, which
 * the caller has to read before it asks for the next key.
 *
 * @throws LookerError
 */
export async function* readMembers(cursor: ByteCursor, budget: ByteBudget): AsyncGenerator<string, void> {
  await expectToken(cursor, 0x7b)
  if ((await nextToken(cursor)) === 0x7d) {
    cursor.at += 1
    return
  }
  for (;;) {
    const quote = await nextToken(cursor)
    if (quote !== 0x22) throw jsonFault(quote === END ? 'ended' : 'syntax')
    const key = String(await readJson(cursor, budget))
    await expectToken(cursor, 0x3a)
    yield key
    const next = await nextToken(cursor)
    if (next !== 0x2c && next !== 0x7d) throw jsonFault(next === END ? 'ended' : 'syntax')
    cursor.at += 1
    if (next === 0x7d) return
  }
}

async function expectToken(cursor: ByteCursor, token: number): Promise<void> {
  const found = await nextToken(cursor)
  if (found !== token) throw jsonFault(found === END ? 'ended' : 'syntax')
  cursor.at += 1
}
