import type { ImportFilter } from '../../../shared/api/sync-imports.ts'
import { IMPORT_FILTERS } from '../../../shared/api/sync-imports.ts'
import { readSyncRef } from '../../../shared/api/sync-ref.ts'
import type { ImportPlace, SyncName } from '../../database/repositories/operator/operator-repository.ts'
import { toImportSummary } from '../../history/to-import-summary.ts'
import { RefusedError, UsageError } from '../admin-errors.ts'
import type { Command, Work } from '../command.ts'
import { quoted, readNumber } from '../find-import.ts'
import { jsonText } from '../output/printable.ts'
import { table } from '../output/table.ts'
import { endOf } from './end-of.ts'

const LIMIT = 20
const MAX_LIMIT = 1_000

export const importsCommand: Command = {
  name: 'imports',
  usage: '[--sync <sync>] [--state <state>] [--limit <number>] [--before <import>]',
  summary: 'Lists imports of all connections, newest first.',
  help: [
    '',
    '  --sync    a sync_id, a plan of Looker as plan:4711, or the number of a sync as in metrics and log lines',
    `  --state   ${IMPORT_FILTERS.join(', ')}`,
    `  --limit   at most so many, ${LIMIT} by default, up to ${MAX_LIMIT}`,
    '  --before  only imports with smaller numbers: the last one of the page before',
  ],
  options: {
    sync: { type: 'string' },
    state: { type: 'string' },
    limit: { type: 'string' },
    before: { type: 'string' },
  },
  prepare({ positionals, values, json }) {
    if (positionals.length > 0) {
      throw new UsageError(
        '`imports` lists imports; to see one: `import <number>`. To choose a sync: --sync.',
      )
    }
    const limit = readLimit(textOf(values.limit))
    return listImports({
      sync: readSync(textOf(values.sync)),
      filter: readState(textOf(values.state)),
      before: readBefore(textOf(values.before)),
      limit,
      json,
    })
  },
}

type Listing = {
  sync: SyncName | null
  filter: ImportFilter | null
  before: number | null
  limit: number
  json: boolean
}

function listImports({ sync, filter, before, limit, json }: Listing): Work {
  return async function* ({ operator }) {
    if (sync && !(await operator.knows(sync))) {
      throw new RefusedError(
        'There is no import of this sync. `imports` without --sync lists all that are kept.',
      )
    }
    // One more tells whether there are others.
    const found = await operator.imports({ sync, filter, before, most: limit + 1 })
    const records = found.slice(0, limit)
    const last = found.length > limit ? (records.at(-1)?.id ?? null) : null
    const imports = records.map((record) => ({ ...toImportSummary(record), ...placeOf(record) }))
    if (json) {
      yield `${jsonText({ imports, nextBefore: last })}\n`
      return
    }
    if (imports.length === 0) {
      yield 'There is no such import.\n'
      return
    }
    yield table(
      [
        'import',
        'sync',
        'started',
        'state',
        'received',
        'delivered',
        'rejected',
        'skipped',
        'superseded',
        'unchanged',
        'pending',
        'title',
      ],
      imports.map((entry) => [
        entry.id,
        entry.syncNumber,
        entry.startedAt,
        endOf(entry),
        entry.counts.received,
        entry.counts.delivered,
        entry.counts.rejected,
        entry.counts.skipped,
        entry.counts.superseded,
        entry.counts.unchanged,
        entry.pending,
        entry.title,
      ]),
    )
    if (last !== null) yield `There are more: add --before ${last}\n`
  }
}

function placeOf({ connection, syncNumber, syncId, planId, title, environmentId }: ImportPlace): ImportPlace {
  return { connection, syncNumber, syncId, planId, title, environmentId }
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function readSync(text: string | undefined): SyncName | null {
  if (text === undefined) return null
  const number = readNumber(text)
  if (number !== null) return { kind: 'number', number }
  const ref = readSyncRef(text)
  if (ref) return ref
  throw new UsageError(
    `--sync takes a sync_id, plan:<number of the plan> or the number of a sync, not ${quoted(text)}.`,
  )
}

function readState(text: string | undefined): ImportFilter | null {
  if (text === undefined) return null
  const state = IMPORT_FILTERS.find((known) => known === text)
  if (state) return state
  throw new UsageError(`--state takes ${IMPORT_FILTERS.join(', ')}, not ${quoted(text)}.`)
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return LIMIT
  const limit = readNumber(text)
  if (limit !== null && limit <= MAX_LIMIT) return limit
  throw new UsageError(`--limit takes a number from 1 to ${MAX_LIMIT}, not ${quoted(text)}.`)
}

function readBefore(text: string | undefined): number | null {
  if (text === undefined) return null
  const before = readNumber(text)
  if (before !== null) return before
  throw new UsageError(`--before takes the number of an import, not ${quoted(text)}.`)
}
