import type { Database } from '../../server/database/database.ts'
import type { HeapStandIn } from '../heap/heap-stand-in.ts'
import type { DeliveryRecord } from '../looker/delivery-record.ts'
import { readReportedCounts } from '../reported-counts.ts'
import type { Ledger } from './ledger.ts'
import type { Sync } from './syncs.ts'
import { fateOfRow, keyOf, SYNCS } from './syncs.ts'

export type SoakImport = {
  id: number
  title: string
  state: string
  failure: string | null
  superseded_by: number | null
  received: number
  delivered: number
  rejected: number
  skipped: number
  superseded: number
}

export type Audit = { imports: SoakImport[]; compared: number; problems: string[] }

/** Compares what the server says, what Looker was told, and what Heap has. */
export async function audit(
  database: Database,
  heap: HeapStandIn,
  ledger: Ledger,
  answers: readonly DeliveryRecord[],
): Promise<Audit> {
  const imports = await database.query<SoakImport>('select * from imports order by id')
  const problems = [...imports.flatMap((row) => checkImport(row, ledger)), ...checkAnswers(imports, answers)]
  let compared = 0
  for (const sync of SYNCS) {
    const own = imports.filter(({ title }) => title.startsWith(`${sync.name} `))
    problems.push(...checkOrder(sync, own, ledger))
    const newest = own.findLast((row) => row.superseded_by === null && row.received > 0)
    if (!newest) continue
    const rejected = await database.query<{ row_number: number }>(
      'select row_number from rejected_rows where import_id = $1',
      [newest.id],
    )
    const missing = new Set(rejected.map((row) => row.row_number))
    compared += newest.delivered
    problems.push(...checkHeap(sync, newest, heap, missing))
  }
  return { imports, compared, problems }
}

function checkImport(row: SoakImport, ledger: Ledger): string[] {
  const { title, state, received, delivered, rejected, skipped, superseded } = row
  const problems: string[] = []
  if (state !== 'finished') problems.push(`${title} is ${state}`)
  if (received !== delivered + rejected + skipped + superseded) {
    problems.push(`${title}: ${received} received, but ${JSON.stringify(row)}`)
  }
  const lost = delivered - ledger.count(title)
  if (lost > 0) problems.push(`${title}: ${lost} rows are called delivered that Heap never got`)
  return problems
}

/** What Looker was told of a delivery that it takes for a success must be true. */
function checkAnswers(imports: readonly SoakImport[], answers: readonly DeliveryRecord[]): string[] {
  return answers.flatMap(({ lookTitle, status, message }) => {
    const told = status === 'success' ? readReportedCounts(message) : undefined
    if (!told) return []
    const row = imports.find(({ title }) => title === lookTitle)
    if (row && row.received === told.received && row.delivered >= told.delivered) return []
    return [`${lookTitle}: Looker was told "${message}", but there is ${JSON.stringify(row)}`]
  })
}

function checkOrder(sync: Sync, imports: readonly SoakImport[], ledger: Ledger): string[] {
  const idOf = new Map(imports.map(({ title, id }) => [title, id]))
  let latest = 0
  return ledger.order(sync.name).flatMap((delivery) => {
    const id = idOf.get(delivery) ?? 0
    if (id < latest) return [`${sync.name}: an older value after a newer one (${delivery})`]
    latest = id
    return []
  })
}

function checkHeap(
  sync: Sync,
  newest: SoakImport,
  heap: HeapStandIn,
  rejected: ReadonlySet<number>,
): string[] {
  const held = heap[sync.kind](sync.environmentId)
  let lost = 0
  for (let row = 1; row <= newest.received; row += 1) {
    if (fateOfRow(row) !== 'entity' || rejected.has(row)) continue
    const entity = held.get(sync.heldAs(keyOf(sync, row)))
    if (entity?.Delivery !== newest.title || entity.Note !== `note ${row % 1_000} of ${newest.title}`)
      lost += 1
  }
  return lost > 0 ? [`${newest.title}: ${lost} rows do not stand in Heap`] : []
}
