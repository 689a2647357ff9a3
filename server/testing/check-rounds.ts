import { expect } from 'vitest'
import type { HeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import type { DeliveryRecord } from '../../sandbox/looker/delivering/delivery-record.ts'
import type { Queryable } from '../database/engine/database.ts'
import { INTERRUPTED } from '../imports/housekeeping.ts'
import type { ImportRow } from './import-row.ts'
import { IMPORT_COLUMNS } from './import-row.ts'
import { fateOf, roundEnvironment, roundKey, roundProperties } from './round-look.ts'

type Users = ReturnType<HeapStandIn['users']>

type RoundRow = ImportRow & {
  round: number
  refusedByHeap: number
  named: number
}

type CheckedRounds = {
  imports: number
  interrupted: number
  whole: number
  rowsCompared: number
}

/**
 * Compares three accounts of what became of the rows of all rounds, which have to agree to the row: the
 * database's counts, Heap's final state, and what Looker was told.
 */
export async function checkRounds(
  database: Queryable,
  heap: HeapStandIn,
  records: ReadonlyMap<number, DeliveryRecord>,
  rowCount: number,
): Promise<CheckedRounds> {
  const rows = await database.query<RoundRow>(
    `select ${IMPORT_COLUMNS}, plan_id::int as round,
       (select count(*) from rejected_rows where import_id = id)::int as named,
       (select count(*) from rejected_rows where import_id = id and reason = 'heap_refused')::int as "refusedByHeap"
     from imports order by id`,
  )
  const rounds = new Set(rows.map(({ round }) => round))
  expect(rounds.size, 'one import a round').toBe(rows.length)
  for (const round of records.keys()) {
    if (!rounds.has(round))
      expect(heap.users(roundEnvironment(round)), 'rows without an import').toEqual(new Map())
  }

  const checked = { imports: rows.length, interrupted: 0, whole: 0, rowsCompared: 0 }
  for (const row of rows) {
    const held = heap.users(roundEnvironment(row.round))
    const { whole } = checkRound(row, held, rowCount)
    checked.rowsCompared += held.size
    checked[whole ? 'whole' : 'interrupted'] += 1
  }
  for (const [round, record] of records) {
    if (record.status !== 'success') continue
    const row = rows.find((entry) => entry.round === round)
    expect(row, `round ${round}: success was told`).toMatchObject({ failure: null, received: rowCount })
  }
  return checked
}

function checkRound(row: RoundRow, held: Users, rowCount: number): { whole: boolean } {
  const where = `round ${row.round}`
  const { received, delivered, rejected, skipped, superseded, refusedByHeap } = row
  expect(row.state, where).toBe('finished')
  expect(received, where).toBe(delivered + rejected + skipped + superseded)
  expect(superseded, where).toBe(0)
  expect(row.named, `${where}: rejected rows have names`).toBe(rejected)

  // Batches are stored in the order of the rows: what was to be sent is the first of them.
  const numbers = Array.from({ length: rowCount }, (_, index) => index + 1)
  const entities = numbers.filter((number) => ['sent', 'poisoned'].includes(fateOf(number)))
  const stored = entities.slice(0, delivered + refusedByHeap)
  const sent = stored.filter((number) => fateOf(number) === 'sent')
  expect(refusedByHeap, where).toBe(stored.length - sent.length)
  expect(held, where).toEqual(
    new Map(sent.map((number) => [roundKey(row.round, number), roundProperties(row.round, number)])),
  )
  const whole = row.failure === null
  if (whole) {
    expect(received, where).toBe(rowCount)
    expect(skipped, where).toBe(numbers.filter((number) => fateOf(number) === 'skipped').length)
  } else {
    expect(row.failure, where).toBe(INTERRUPTED)
  }
  return { whole }
}
