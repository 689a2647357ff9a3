import { setTimeout as delay } from 'node:timers/promises'
import type { Look } from '../look.ts'
import type { PivotForm, ResultFormat } from './result-head.ts'
import { resultHead } from './result-head.ts'
import { writeRow } from './write-row.ts'

export type WriteOptions = {
  format: ResultFormat
  /** Most rows; the default is all of them. */
  rowLimit?: number
  /** The documented example has keys after `data` as well; here all of them. */
  headAfterData?: boolean
  pivotForm?: PivotForm
  /** What rows are keyed by: normally field names; Heap's own action met short labels (seen in its source). */
  rowKeys?: 'name' | 'label' | 'label_short'
  /** Characters of a piece, about; the last one and the head may be of any size. */
  pieceCharacters?: number
  /** Counts the rows written so far. */
  onRow?: () => void
}

/** About what one read of a fast connection brings. */
const PIECE_CHARACTERS = 64 * 1024

/**
 * Writes a Look's result as one JSON document in pieces. A piece is made when it is asked for, so that a
 * reader's back-pressure holds the Look's rows back and memory does not grow with them.
 */
export async function* writeResult(look: Look, options: WriteOptions): AsyncGenerator<string, void> {
  const { firstByteSeconds = 0, pauseMilliseconds = 0 } = look.slow ?? {}
  if (firstByteSeconds > 0) await delay(firstByteSeconds * 1000)
  for (const piece of pieces(resultTexts(look, options), options.pieceCharacters ?? PIECE_CHARACTERS)) {
    yield piece
    if (pauseMilliseconds > 0) await delay(pauseMilliseconds)
  }
}

function* resultTexts(look: Look, options: WriteOptions): Generator<string> {
  const head = members(resultHead(look, options.format, options.pivotForm))
  const tail = members(look.saysAfterRows ?? {})
  yield options.headAfterData ? '{"data":[' : `{${head},"data":[`
  yield* rowTexts(look, options)
  const after = [options.headAfterData ? head : '', tail].filter((text) => text !== '')
  yield [']', ...after].join(',')
  yield '}'
}

function members(object: Record<string, unknown>): string {
  return JSON.stringify(object).slice(1, -1)
}

function* rowTexts(look: Look, options: WriteOptions): Generator<string> {
  const { rowLimit = Number.POSITIVE_INFINITY, onRow } = options
  let written = 0
  for (const text of withErrorRow(allRowTexts(look, options), look)) {
    if (written >= rowLimit) return
    yield written === 0 ? text : `,${text}`
    written += 1
    onRow?.()
  }
}

function* withErrorRow(rows: Iterable<string>, { errorRow }: Look): Generator<string> {
  let written = 0
  for (const text of rows) {
    if (written === errorRow?.afterRows) break
    yield text
    written += 1
  }
  if (errorRow) yield JSON.stringify({ looker_error: errorRow.text })
}

function* allRowTexts(look: Look, { format, rowKeys = 'name' }: WriteOptions): Generator<string> {
  if (look.rowTexts && format === 'json_detail_lite_stream') {
    yield* look.rowTexts()
    return
  }
  const { dimensions, measures, table_calculations: calculations } = look.fields
  const keys = new Map(
    [...dimensions, ...measures, ...calculations].map((field) => [field.name, field[rowKeys]]),
  )
  for (const row of look.rows()) yield writeRow(row, format, (name) => keys.get(name) ?? name)
}

function* pieces(texts: Iterable<string>, characters: number): Generator<string> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length >= characters) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}
