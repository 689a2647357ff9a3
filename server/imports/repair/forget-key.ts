import type { KnownRepository } from '../../database/repositories/known-repository.ts'
import type {
  BatchPlace,
  OrderRepository,
  WaitingBatch,
} from '../../database/repositories/order-repository.ts'
import type { ForgetRepository } from '../../database/repositories/repair/forget-repository.ts'
import type { KeyRepository } from '../../database/repositories/repair/key-repository.ts'
import type { Removal, RemovalRepository } from '../../database/repositories/repair/removal-repository.ts'
import type { TestRepository } from '../../database/repositories/test-repository.ts'
import { readEntityKey } from '../../heap/entity-line.ts'
import type { HeapTarget } from '../../heap/heap-target.ts'
import { unpackLines } from '../batches/batch-payload.ts'
import { packRows, partRows } from '../batches/pick-rows.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { forgetKnown } from '../known/forget-known.ts'
import { heapTarget } from '../sync-target.ts'
import { open } from './carried-rows.ts'

const BATCHES_AT_ONCE = 20

/** What was found of a person, and is gone, but for what is at Heap at this moment. */
export type Forgotten = {
  /** Rejected rows that told the key. */
  rejectedRows: number
  /** Words of Heap and answers to Looker that repeated it. */
  texts: number
  /** Rows that were kept for another try. */
  keptRows: number
  /** Rows that waited for Heap; they are counted as rejected, with the reason `forgotten`. */
  waitingRows: number
  /** Rows in requests to Heap that are under way: look again when they have ended. */
  rowsInFlight: number
  /** Imports that were being read: what they bring is not stored yet, and was not looked at. */
  importsBeingRead: number
  /** Fingerprints of it among what is known of deliveries. */
  fingerprints: number
  /** Tests whose request or answer told it. */
  tests: number
}

type ForgetRepositories = {
  forget: ForgetRepository
  order: OrderRepository
  removals: RemovalRepository
  keys: KeyRepository
  tests: Pick<TestRepository, 'forget'>
  known: KnownRepository
}

/**
 * Erases a join key, compared exactly as it came, and its rows from all that is kept of one connection. What Heap has is
 * not touched. Numbers of rows and their outcomes stay as they were.
 */
export async function forgetKey(
  connectionId: number,
  key: string,
  repositories: ForgetRepositories,
): Promise<Forgotten> {
  const { forget } = repositories
  // Before: one that ends while the others are looked at has stored all its rows, but maybe too late to be seen.
  const importsBeingRead = await forget.countReading(connectionId)
  const found = { keptRows: 0, waitingRows: 0, rowsInFlight: 0 }
  for (const { id, settings } of await forget.importsWithRows(connectionId)) {
    const target = heapTarget(settings)
    // What is put back while it is looked for is found by the second look.
    const first = await forgetWaiting(id, key, target, repositories)
    const second = first.inFlight > 0 ? await forgetWaiting(id, key, target, repositories) : first
    found.waitingRows += first.removed + (second === first ? 0 : second.removed)
    found.rowsInFlight += second.inFlight
    found.keptRows += await forgetKept(id, key, target, repositories)
  }
  // Afterwards: a row may have been rejected meanwhile. What tells values as they are goes first.
  return {
    tests: await repositories.tests.forget(connectionId, key),
    ...found,
    rejectedRows: await forget.eraseRejected(connectionId, key),
    texts: await forget.eraseTexts(connectionId, key),
    importsBeingRead,
    fingerprints: await forgetKnown(repositories.known, connectionId, key),
  }
}

async function forgetWaiting(
  importId: number,
  key: string,
  target: HeapTarget,
  { order, removals }: ForgetRepositories,
): Promise<{ removed: number; inFlight: number }> {
  let removed = 0
  let inFlight = 0
  let after: BatchPlace = { importId: 0, number: 0 }
  for (;;) {
    const batches = await order.waitingBatches(
      [importId],
      ['held', 'stored', 'sending'],
      after,
      BATCHES_AT_ONCE,
    )
    const last = batches.at(-1)
    if (!last) return { removed, inFlight }
    const all = batches.flatMap((batch) => removalOf(batch, key, target) ?? [])
    const sending = all.filter(({ batch }) => batch.state === 'sending')
    const waiting = all.filter(({ batch }) => batch.state !== 'sending')
    const { changed } = await removals.remove(waiting)
    removed += countRows(waiting.filter(({ batch }) => changed.has(batch)))
    // One that has just been taken to be sent is in flight as well.
    inFlight += countRows([...sending, ...waiting.filter(({ batch }) => !changed.has(batch))])
    after = last
  }
}

function countRows(removals: readonly Removal[]): number {
  return removals.reduce((sum, { rows }) => sum + rows.length, 0)
}

function removalOf(batch: WaitingBatch, key: string, target: HeapTarget): Removal | undefined {
  const lines = unpackLines(batch.payload, batch.entities).texts()
  const isMeant = lines.map((line) => readEntityKey(target, line) === key)
  if (!isMeant.includes(true)) return undefined
  const rows = { lines, rowNumbers: fromRowRanges(batch.rowRanges) }
  const { marked, others } = partRows(rows, (index) => isMeant[index] === true)
  return {
    batch,
    rows: marked.rowNumbers.map((rowNumber) => ({
      rowNumber,
      joinKey: null,
      reason: 'forgotten',
      text: null,
    })),
    remaining: packRows(others),
    kept: null,
  }
}

async function forgetKept(
  importId: number,
  key: string,
  target: HeapTarget,
  { keys }: ForgetRepositories,
): Promise<number> {
  let found = 0
  for (let after = 0; ; ) {
    const groups = await keys.keptGroups(importId, after, BATCHES_AT_ONCE)
    const last = groups.at(-1)
    if (!last) return found
    let areAll = true
    for (const group of groups) {
      const opened = open(group, target)
      if (!opened.keys.includes(key)) continue
      const { marked, others } = partRows(opened.rows, (index) => opened.keys[index] === key)
      if (await keys.shrink([{ group, remaining: packRows(others) }], false)) found += marked.lines.length
      else areAll = false
    }
    // What somebody else has changed meanwhile is read again.
    if (areAll) after = last.number
  }
}
