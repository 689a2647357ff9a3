import type { ResultHeader } from '../../../shared/columns.ts'
import type { Row } from '../../../shared/row-mapper.ts'
import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { END, nextToken, openCursor, skipByteOrderMark } from '../json-stream/byte-cursor.ts'
import { jsonFaultOf } from '../json-stream/json-fault.ts'
import { readJson, readMembers } from '../json-stream/read-json.ts'
import { LookerError } from '../looker-error.ts'
import type { Spool } from '../spool/spool.ts'
import { createSpool } from '../spool/spool.ts'
import type { Progress } from './read-rows.ts'
import { readRows, readSpooledRows, spoolRows } from './read-rows.ts'
import { brokenResult, missingPart, refusedByLooker, wrongStart } from './result-faults.ts'
import type { HeaderReader } from './result-header.ts'
import { createHeaderReader } from './result-header.ts'

/** All of a result but its rows, in bytes: room for thousands of columns and long SQL. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024

/** The header comes once and first. Rows come in blocks: of a chunk, at most 1,000 rows or about 1 MB. */
export type ResultPart = { kind: 'header'; header: ResultHeader } | { kind: 'rows'; rows: Row[] }

/**
 * Reads a Looker result in the format `json_detail` or `json_detail_lite_stream`, chunked in any way. Memory
 * does not grow with the number of rows: the next bytes are read when the consumer asks for the next part. Only
 * a completed iteration means a complete result.
 *
 * @param options.spoolDirectory for a result whose header comes after its rows; default: the system's
 * @throws LookerError, and whatever `bytes` throws
 */
export async function* readResult(
  bytes: AsyncIterable<Uint8Array>,
  options: { spoolDirectory?: string } = {},
): AsyncGenerator<ResultPart, void> {
  const cursor = openCursor(bytes)
  const spool = createSpool(options.spoolDirectory)
  const progress: Progress = { rows: 0 }
  try {
    yield* readRoot(cursor, spool, progress)
  } catch (error) {
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
  progress: Progress,
): AsyncGenerator<ResultPart, void> {
  await skipByteOrderMark(cursor)
  const first = await nextToken(cursor)
  if (first !== 0x7b /* { */) throw wrongStart(first)

  const head = createHeaderReader()
  const budget = { left: MAX_HEADER_BYTES }
  let data: 'missing' | 'read' | 'spooled' | 'no list' = 'missing'
  for await (const key of readMembers(cursor, budget)) {
    if (key !== 'data') {
      head.add(key, await readJson(cursor, budget))
    } else if (data !== 'missing') {
      throw new LookerError("Looker's result holds its rows twice. Send the Look again.")
    } else if ((await nextToken(cursor)) !== 0x5b /* [ */) {
      data = 'no list'
      await readJson(cursor, budget)
    } else if (head.isComplete()) {
      data = 'read'
      yield { kind: 'header', header: checkHeader(head) }
      for await (const rows of readRows(cursor, progress)) yield { kind: 'rows', rows }
    } else {
      data = 'spooled'
      await spoolRows(cursor, spool, progress)
    }
  }
  if ((await nextToken(cursor)) !== END) {
    throw new LookerError("Looker's result goes on after its end. Send the Look again.")
  }
  const header = checkHeader(head)
  if (data === 'missing') throw missingPart('rows')
  if (data === 'no list') throw missingPart('a list of rows')
  if (data === 'spooled') {
    yield { kind: 'header', header }
    for await (const rows of readSpooledRows(spool, progress)) yield { kind: 'rows', rows }
  }
}

function checkHeader(head: HeaderReader): ResultHeader {
  const complaint = head.complaint()
  if (complaint !== null) throw refusedByLooker(complaint)
  const header = head.read()
  if (header === null) throw missingPart('fields')
  return header
}
