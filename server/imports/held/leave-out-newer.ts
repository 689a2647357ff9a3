import type {
  BatchPlace,
  OrderRepository,
  Replacement,
  WaitingBatch,
} from '../../database/repositories/order-repository.ts'
import type { KeyRepository, LaterImport } from '../../database/repositories/repair/key-repository.ts'
import { readEntityKey } from '../../heap/entity-line.ts'
import type { HeapTarget } from '../../heap/heap-target.ts'
import { unpackLines } from '../batches/batch-payload.ts'
import { packRows, partRows } from '../batches/pick-rows.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { findBrought } from '../keys/find-brought.ts'

/** Some 100,000 rows, whose keys are looked up together. */
const BATCHES_AT_ONCE = 100

type LeavingOut = {
  keys: KeyRepository
  order: OrderRepository
  onFinished: (importIds: readonly number[]) => void
}

/**
 * Takes out of a held import all rows whose key one of these later imports has brought.
 *
 * @param later imports whose keys are written down
 * @returns whether the import has ended, as no row is left
 */
export async function leaveOutNewer(
  importId: number,
  target: HeapTarget,
  later: readonly Pick<LaterImport, 'id'>[],
  { keys, order, onFinished }: LeavingOut,
): Promise<boolean> {
  if (later.length === 0) return false
  let hasEnded = false
  for (let after: BatchPlace = { importId: 0, number: 0 }; ; ) {
    const batches = await order.waitingBatches([importId], ['held'], after, BATCHES_AT_ONCE)
    const last = batches.at(-1)
    if (!last) return hasEnded
    const replacements = await replacementsOf(batches, target, later, keys)
    const { changed, finished } = await order.replace(replacements)
    onFinished(finished)
    hasEnded ||= finished.includes(importId)
    // One that another process has changed meanwhile is read again.
    if (replacements.every(({ batch }) => changed.has(batch))) after = last
  }
}

async function replacementsOf(
  batches: readonly WaitingBatch[],
  target: HeapTarget,
  later: readonly Pick<LaterImport, 'id'>[],
  keys: KeyRepository,
): Promise<Replacement[]> {
  const opened = batches.map((batch) => {
    const lines = unpackLines(batch.payload, batch.entities).texts()
    return { batch, lines, keys: lines.map((line) => readEntityKey(target, line)) }
  })
  const wanted = new Set(opened.flatMap((entry) => entry.keys))
  const brought = new Set<string>()
  for (const { id } of later) {
    for (const key of await findBrought(keys, id, wanted)) {
      brought.add(key)
      wanted.delete(key)
    }
  }
  return opened.flatMap(({ batch, lines, keys: own }) => {
    const { marked, others } = partRows({ lines, rowNumbers: fromRowRanges(batch.rowRanges) }, (index) =>
      brought.has(own[index] ?? ''),
    )
    if (marked.lines.length === 0) return []
    return [{ batch, superseded: marked.lines.length, remaining: packRows(others) }]
  })
}
