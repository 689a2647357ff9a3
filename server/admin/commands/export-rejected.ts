import { createWriteStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { errorCode } from '../../../shared/error-code.ts'
import type { RejectionReason } from '../../../shared/report/import-counts.ts'
import { REJECTION_TEXTS } from '../../../shared/report/import-counts.ts'
import type { ExplainedRow } from '../../history/all-rejected-rows.ts'
import { allRejectedRows } from '../../history/all-rejected-rows.ts'
import { rejectedRowsCsv } from '../../history/rejected-rows-csv.ts'
import { RefusedError, UsageError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { findImport, quoted, readImportId } from '../find-import.ts'
import type { Admin } from '../open-admin.ts'
import { jsonText, printable } from '../output/printable.ts'

const REASONS = Object.keys(REJECTION_TEXTS) as RejectionReason[]

/** Reasons are not longer. */
const REASON_WIDTH = Math.max(...REASONS.map(({ length }) => length))

export const exportRejectedCommand: Command = {
  name: 'export-rejected',
  usage: '<import> [--reason <reason>] [--csv [file]]',
  summary: 'Writes the rejected rows of an import with their join keys, reasons and what Heap said.',
  help: [
    '',
    '  --csv     as CSV, which no spreadsheet takes for formulas; into a new file when one is named',
    `  --reason  only those of one reason: ${REASONS.slice(0, 5).join(', ')},`,
    `            ${REASONS.slice(5).join(', ')}`,
  ],
  options: { csv: { type: 'boolean' }, reason: { type: 'string' } },
  prepare({ positionals, values, json, isTerminal }) {
    const [id, file, more] = positionals
    const importId = readImportId(id)
    const reason = readReason(values.reason)
    const isCsv = values.csv === true
    if (more !== undefined) throw new UsageError('Name one import and one file.')
    if (file !== undefined && !isCsv) throw new UsageError('A file is written with --csv.')
    if (isCsv && json) throw new UsageError('Choose one of --csv and --json.')
    if (isCsv && file === undefined && isTerminal) {
      throw new UsageError(
        'CSV holds texts as they came from outside, which a terminal may obey. Name a file after --csv, or leave --csv out.',
      )
    }
    return async function* (admin) {
      await findImport(admin, importId)
      const rows = () => allRejectedRows(admin.repositories.rejectedRows, importId, reason)
      if (json) yield* asJson(rows())
      else if (!isCsv) yield* asText(rows())
      else if (file === undefined) yield* asCsv(rows())
      else yield `${await writeFile(file, rows(), admin)} rows are written to ${printable(file)}.\n`
    }
  },
}

function readReason(value: string | boolean | undefined): RejectionReason | undefined {
  if (typeof value !== 'string') return undefined
  const reason = REASONS.find((known) => known === value)
  if (reason) return reason
  throw new UsageError(`--reason takes ${REASONS.join(', ')}, not ${quoted(value)}.`)
}

async function* asJson(rows: AsyncIterable<ExplainedRow>): AsyncGenerator<string> {
  yield '{"rows":['
  let separator = '\n'
  for await (const { rowNumber, joinKey, reason, text } of rows) {
    yield `${separator}${jsonText({ row: rowNumber, key: joinKey, reason, text }, 0)}`
    separator = ',\n'
  }
  yield '\n]}\n'
}

async function* asText(rows: AsyncIterable<ExplainedRow>): AsyncGenerator<string> {
  yield `${'row'.padStart(10)}  ${'reason'.padEnd(REASON_WIDTH)}  key and what Heap said\n`
  for await (const { rowNumber, joinKey, reason, text } of rows) {
    const said = text === null ? '' : `  ${printable(text)}`
    const key = joinKey === null ? '-' : printable(joinKey)
    yield `${String(rowNumber).padStart(10)}  ${reason.padEnd(REASON_WIDTH)}  ${key}${said}\n`
  }
}

async function* asCsv(rows: AsyncIterable<ExplainedRow>): AsyncGenerator<string> {
  for await (const piece of Readable.from(rows).compose(rejectedRowsCsv({ showsKeys: true }))) {
    yield String(piece)
  }
}

/** @returns how many rows there were; a file that could not be finished is gone */
async function writeFile(
  file: string,
  rows: AsyncIterable<ExplainedRow>,
  { stopping }: Admin,
): Promise<number> {
  let count = 0
  async function* counted(): AsyncGenerator<ExplainedRow> {
    for await (const row of rows) {
      count += 1
      yield row
    }
  }
  try {
    // Join keys are personal data: only for who has asked. What is there already is left alone.
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
    await pipeline(counted(), rejectedRowsCsv({ showsKeys: true }), target, { signal: stopping })
    return count
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new RefusedError(`The file ${file} exists already. Name another one, or delete it first.`, {
        cause: error,
      })
    }
    await unlink(file).catch(() => undefined)
    throw error
  }
}
