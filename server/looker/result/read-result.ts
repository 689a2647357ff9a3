import { isRecord } from '../../../shared/is-record.ts'
import type { ResultHeader } from '../../../shared/looker-result/columns.ts'
import { refusalMessage } from '../../../shared/looker-result/complaint.ts'
import type { QueryLimits, ResultReading } from '../../../shared/looker-result/result-reading.ts'
import { createResultReading } from '../../../shared/looker-result/result-reading.ts'
import type { Remark } from '../../../shared/report/remark.ts'
import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { END, nextToken, openCursor, skipByteOrderMark } from '../json-stream/byte-cursor.ts'
import { jsonFaultOf } from '../json-stream/json-fault.ts'
import { readJson, readMembers } from '../json-stream/read-json.ts'
import { LookerError } from '../looker-error.ts'
import type { Spool } from '../spool/spool.ts'
import { createSpool } from '../spool/spool.ts'
import type { RowScanning } from '../transcode/row-table.ts'
import { findErrorRow } from './find-error-row.ts'
import type { Progress } from './read-rows.ts'
import { readPlainList, readRows, readSpooledRows, spoolRows } from './read-rows.ts'
import { brokenResult, missingRows, otherFormat, wrongStart } from './result-faults.ts'
import type { ScannedRows } from './scanned-rows.ts'
import { rowsBeforeOther } from './scanned-rows.ts'

/** All of a result but its rows, in bytes: room for thousands of columns and long SQL. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024

/**
 * The header comes once and before any rows. Rows come in blocks: of a chunk, at most 1,000 rows or about 1 MB.
 * Remarks may come at any time, also before an error is thrown.
 */
export type ResultPart =
  | { kind: 'header'; header: ResultHeader }
  | { kind: 'rows'; rows: ScannedRows }
  | { kind: 'remarks'; remarks: Remark[] }

type ResultOptions = {
  /** Of the query that Looker was to run. */
  limits?: QueryLimits
  /** For a result whose header comes after its rows; default: the system's temporary folder. */
  spoolDirectory?: string
  /** Rows are scanned rather than parsed, as far as its scanner matches them; default: all are parsed. */
  scanning?: RowScanning
}

/**
 * Reads a Looker result in the format `json_detail` or `json_detail_lite_stream`, chunked in any way. Memory
 * does not grow with the number of rows: the next bytes are read when the consumer asks for the next part. Only
 * a completed iteration means a complete result, against which Looker says nothing.
 *
 * @throws LookerError, and whatever `bytes` throws
 */
export async function* readResult(
  bytes: AsyncIterable<Uint8Array>,
  options: ResultOptions = {},
): AsyncGenerator<ResultPart, void> {
  const cursor = openCursor(bytes)
  const spool = createSpool(options.spoolDirectory)
  const reading = createResultReading(options.limits)
  const progress: Progress = { rows: 0 }
  try {
    yield* readRoot(cursor, spool, reading, progress, options.scanning ?? { memory: null, scanner: null })
  } catch (error) {
    yield* remarksOf(reading)
    const fault = jsonFaultOf(error)
    throw fault === null ? error : brokenResult(fault, progress.rows)
  } finally {
    await spool.close()
    await cursor.close()
  }
}

async function* readRoot(
  cursor: ByteCursor,
  spool: Spool,
  reading: ResultReading,
  progress: Progress,
  scanning: RowScanning,
): AsyncGenerator<ResultPart, void> {
  await skipByteOrderMark(cursor)
  const first = await nextToken(cursor)
  if (first === 0x5b /* [ */) throw await refusedList(cursor)
  if (first !== 0x7b /* { */) throw wrongStart(first)

  const budget = { left: MAX_HEADER_BYTES }
  let data: 'missing' | 'read' | 'spooled' | 'no list' = 'missing'
  for await (const key of readMembers(cursor, budget)) {
    const isList = (await nextToken(cursor)) === 0x5b
    if (key === 'rows' && isList) throw otherFormat()
    if (key !== 'data') {
      reading.add(key, await readJson(cursor, budget))
    } else if (data !== 'missing') {
      throw new LookerError(
        "Looker's result holds its rows twice. Send the Look again; if it fails again, tell your Looker administrator.",
      )
    } else if (!isList) {
      data = 'no list'
      checkNoRows(await readJson(cursor, budget), reading)
    } else if (reading.isComplete()) {
      data = 'read'
      const header = checkedHead(reading)
      yield* headParts(header, reading)
      yield* rowParts(readRows(cursor, progress, header, scanning), header)
    } else {
      data = 'spooled'
      await spoolRows(cursor, spool, progress)
    }
  }
  if ((await nextToken(cursor)) !== END) {
    throw new LookerError(
      "Looker's result goes on after its end. Send the Look again; if it fails again, tell your Looker administrator.",
    )
  }
  const header = checkedHead(reading)
  if (data === 'missing') throw missingRows('rows')
  if (data === 'no list') throw missingRows('a list of rows')
  if (data === 'spooled') {
    yield* headParts(header, reading)
    yield* rowParts(readSpooledRows(spool, progress, header, scanning), header)
  }
  yield* remarksOf(reading)
  const remarks = reading.remarksOfSize(progress.rows)
  if (remarks.length > 0) yield { kind: 'remarks', remarks }
}

/** @throws LookerError when Looker says anything against the result, or does not say which columns it has */
function checkedHead(reading: ResultReading): ResultHeader {
  const complaints = reading.complaints()
  if (complaints.length > 0) throw new LookerError(refusalMessage(complaints))
  const head = reading.head()
  if (head.kind === 'failed') throw new LookerError(reading.headFailure(head.reason))
  return head.header
}

/** Something else than a list of rows; Looker may say there what has happened. */
function checkNoRows(data: unknown, reading: ResultReading): void {
  if (!isRecord(data)) return
  for (const [key, value] of Object.entries(data)) reading.add(key, value)
}

function* headParts(header: ResultHeader, reading: ResultReading): Generator<ResultPart, void> {
  yield* remarksOf(reading)
  yield { kind: 'header', header }
}

function* remarksOf(reading: ResultReading): Generator<ResultPart, void> {
  const remarks = reading.takeRemarks()
  if (remarks.length > 0) yield { kind: 'remarks', remarks }
}

async function* rowParts(
  blocks: AsyncIterable<ScannedRows>,
  { fields }: ResultHeader,
): AsyncGenerator<ResultPart, void> {
  const all = [...fields.dimensions, ...fields.measures, ...fields.table_calculations]
  const announced = all.some(({ name }) => name === 'looker_error')
  for await (const block of blocks) {
    const { rows, error } = findErrorRow(block.others, announced)
    const before = error === null ? block : rowsBeforeOther(block, rows.length)
    if (before.count > 0) yield { kind: 'rows', rows: before }
    if (error !== null) throw error
  }
}

/** A list without a head is no detail format; in those formats an error stands in a row. */
async function refusedList(cursor: ByteCursor): Promise<LookerError> {
  const { error } = findErrorRow(await readPlainList(cursor), false)
  return error ?? wrongStart(0x5b)
}
