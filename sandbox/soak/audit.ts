import type { Database } from '../../server/database/engine/database.ts'
import type { ImportRow } from '../../server/testing/import-row.ts'
import type { HeapStandIn } from '../heap/heap-stand-in.ts'
import type { DeliveryRecord } from '../looker/delivering/delivery-record.ts'
import { readReportedCounts } from '../reported-counts.ts'
import type { Ledger } from './ledger.ts'
import type { Sync } from './syncs.ts'
import { fateOfRow, keyOf, SYNCS } from './syncs.ts'

export type Audit = { imports: ImportRow[]; compared: number; problems: string[] }

/** Compares what the server says, what Looker was told, and what Heap has. */
export async function audit(
  database: Database,
  heap: HeapStandIn,
  ledger: Ledger,
  answers: readonly DeliveryRecord[],
): Promise<Audit> {
  const imports = await database.query<ImportRow>('select * from imports order by id')
  const problems = [...imports.flatMap((row) => checkImport(row, ledger)), ...checkAnswers(imports, answers)]
  let compared = 0
  for (const sync of SYNCS) {
    const own = imports.filter(({ title }) => title.startsWith(`${sync.name} `))
    problems.push(...checkOrder(sync, own, ledger))
    const accepted = await Promise.all(own.map((row) => readAccepted(database, row)))
    const { rows, lost } = checkHeap(sync, accepted, heap)
    compared += rows
    problems.push(...lost)
  }
  return { imports, compared, problems }
}

function checkImport(row: ImportRow, ledger: Ledger): string[] {
  const { title, state, received, delivered, rejected, skipped, superseded, unchanged } = row
  const problems: string[] = []
  if (state !== 'finished') problems.push(`${title} is ${state}`)
  if (received !== delivered + rejected + skipped + superseded + unchanged) {
    problems.push(`${title}: ${received} received, but ${JSON.stringify(row)}`)
  }
  const lost = delivered - ledger.count(title)
  if (lost > 0) problems.push(`${title}: ${lost} rows are called delivered that Heap never got`)
  return problems
}

/** What Looker was told of a delivery that it takes for a success must be true. */
function checkAnswers(imports: readonly ImportRow[], answers: readonly DeliveryRecord[]): string[] {
  return answers.flatMap(({ lookTitle, status, message }) => {
    const told = status === 'success' ? readReportedCounts(message) : undefined
    if (!told) return []
    const row = imports.find(({ title }) => title === lookTitle)
    if (row && row.received === told.received && row.delivered >= told.delivered) return []
    return [`${lookTitle}: Looker was told "${message}", but there is ${JSON.stringify(row)}`]
  })
}

function checkOrder(sync: Sync, imports: readonly ImportRow[], ledger: Ledger): string[] {
  const idOf = new Map(imports.map(({ title, id }) => [title, id]))
  return [...ledger.followed(sync.name)].flatMap(([earlier, laters]) =>
    [...laters]
      .filter((later) => (idOf.get(later) ?? 0) < (idOf.get(earlier) ?? 0))
      .map((later) => `${sync.name}: a row of ${later} after one of the newer ${earlier}`),
  )
}

/** An import with the rows of it that were accepted: its first ones, but for those that Heap refused. */
type Accepted = { title: string; entities: number; refused: ReadonlySet<number> }

async function readAccepted(database: Database, row: ImportRow): Promise<Accepted> {
  const rejected = await database.query<{ number: number; byHeap: boolean }>(
    `select row_number as number, reason not like 'join_key%' as "byHeap" from rejected_rows where import_id = $1`,
    [row.id],
  )
  const byHeap = rejected.filter((entry) => entry.byHeap)
  return {
    title: row.title,
    // Rows without a fit key are counted as they are read, the others with their batch.
    entities: row.received - row.skipped - (rejected.length - byHeap.length),
    refused: new Set(byHeap.map((entry) => entry.number)),
  }
}

/** Every key that was ever accepted stands in Heap with its newest accepted values, or is rejected by name. */
function checkHeap(
  sync: Sync,
  imports: readonly Accepted[],
  heap: HeapStandIn,
): { rows: number; lost: string[] } {
  const held = heap[sync.kind](sync.environmentId)
  const newestFirst = imports.toReversed()
  const lost = new Map<string, number>()
  const most = Math.max(0, ...imports.map(({ entities }) => entities))
  let entity = 0
  for (let row = 1; entity < most; row += 1) {
    if (fateOfRow(row) !== 'entity') continue
    entity += 1
    const newest = newestFirst.find(({ entities }) => entities >= entity)
    // Whether Heap kept anything of a row that it refused is unknown.
    if (!newest || newest.refused.has(row)) continue
    const { title } = newest
    const found = held.get(sync.heldAs(keyOf(sync, row)))
    if (found?.Delivery === title && found.Note === `note ${row % 1_000} of ${title}`) continue
    lost.set(title, (lost.get(title) ?? 0) + 1)
  }
  return {
    rows: entity,
    lost: [...lost].map(([title, count]) => `${title}: ${count} rows do not stand in Heap`),
  }
}
