import type {
  BatchPlace,
  HeldImport,
  OrderRepository,
  RemainingRows,
  Replacement,
  WaitingBatch,
} from '../../database/repositories/order-repository.ts'
import type { Entity } from '../../heap/entity-line.ts'
import { readEntity } from '../../heap/entity-line.ts'
import { createBatchBuilder } from '../batches/batch-builder.ts'
import { unpackLines } from '../batches/batch-payload.ts'
import { packBatch, packRows, partRows } from '../batches/pick-rows.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { heapTarget } from '../sync-target.ts'
import type { OlderRow, OlderRows } from './older-rows.ts'
import { carries, createOlderRows } from './older-rows.ts'
import type { RowFlags } from './row-flags.ts'
import { createRowFlags } from './row-flags.ts'

/** Batches read at once: some 10 MB. */
const BATCHES_AT_ONCE = 50

/** Older rows in memory at once: some 50 MB. More of them are compared one part after the other. */
const OLDER_ROWS_AT_ONCE = 250_000

const START: BatchPlace = { importId: 0, number: 0 }

type Settling = {
  order: OrderRepository
  /** Most entities of a batch that is made of rows that go on waiting. */
  batchSize: number
  olderRowsAtOnce?: number
  /** Told now and then, so that nobody else begins with the same import. */
  onProgress: () => Promise<void>
}

/**
 * Compares the held rows of an import with the rows of older imports that Heap has not decided. An older row
 * that a whole newer delivery of its sync carries with all its properties is replaced. A held row whose key an
 * older import still has to send goes on waiting; all others are let go.
 *
 * An older import that waits for somebody to decide has not been accepted, so that no row waits for its rows: what is
 * left of it at its release gives way to what has come since (see `releaseImport`).
 *
 * The older imports have been read to their end, or to where they broke off, so that their undecided rows only
 * become fewer. Nothing is remembered from one time to the next: all follows from what is stored.
 *
 * @returns ids of the older imports that are finished by it
 */
export async function settleImport(newer: HeldImport, settling: Settling): Promise<number[]> {
  const waiting = createRowFlags()
  const finished: number[] = []
  for await (const older of olderRows(newer, settling)) {
    const replaced = await compare(newer, older, waiting, settling)
    finished.push(...(await replace(replaced, waiting, settling)))
    await settling.onProgress()
  }
  await release(newer, waiting, settling)
  return finished
}

/** The undecided rows of older imports, as many at once as memory may hold. */
async function* olderRows(newer: HeldImport, settling: Settling): AsyncGenerator<OlderRows> {
  const { order, olderRowsAtOnce = OLDER_ROWS_AT_ONCE } = settling
  const target = heapTarget(newer.settings)
  const ids = newer.older.map(({ id }) => id)
  let rows = createOlderRows()
  for await (const batches of pages(order, ids, ['held', 'stored', 'sending'])) {
    for (const batch of batches) {
      const lines = unpackLines(batch.payload, batch.entities)
      rows.add(
        // What is taken out of it is unpacked again: the rows in memory are to be small.
        { ...batch, payload: new Uint8Array(0) },
        lines.texts().map((line) => readEntity(target, line)),
      )
      if (rows.size() < olderRowsAtOnce) continue
      yield rows
      rows = createOlderRows()
    }
  }
  if (rows.size() > 0) yield rows
}

async function* pages(
  order: OrderRepository,
  importIds: readonly number[],
  states: readonly WaitingBatch['state'][],
): AsyncGenerator<WaitingBatch[]> {
  let after = START
  for (;;) {
    const batches = await order.waitingBatches(importIds, states, after, BATCHES_AT_ONCE)
    const last = batches.at(-1)
    if (!last) return
    yield batches
    after = last
  }
}

/** A held row, by its batch and its place in it. */
type HeldRow = { number: number; entities: number; index: number }

/** For every batch of older rows: which of its rows a newer row carries, and which that is. */
type Replaced = Map<WaitingBatch, Map<number, HeldRow>>

async function compare(
  newer: HeldImport,
  older: OlderRows,
  waiting: RowFlags,
  { order, onProgress }: Settling,
): Promise<Replaced> {
  const replaced: Replaced = new Map()
  const target = heapTarget(newer.settings)
  const sameSync = new Set(newer.older.filter((entry) => entry.sameSync).map(({ id }) => id))
  const undecided = new Set(newer.older.filter((entry) => entry.isHeld).map(({ id }) => id))

  function isReplaced(row: OlderRow, { names }: Entity): boolean {
    return (
      newer.complete &&
      sameSync.has(row.batch.importId) &&
      row.batch.state !== 'sending' &&
      carries(names, row.names)
    )
  }

  for await (const batches of pages(order, [newer.id], ['held'])) {
    await onProgress()
    for (const { number, entities, payload } of batches) {
      const lines = unpackLines(payload, entities).texts()
      waiting.see(number)
      for (const [index, line] of lines.entries()) {
        const entity = readEntity(target, line)
        for (let row = older.withKey(entity.key); row; row = row.next) {
          if (!isReplaced(row, entity)) {
            if (!undecided.has(row.batch.importId)) waiting.mark(number, entities, index)
            continue
          }
          const rows = replaced.get(row.batch) ?? new Map<number, HeldRow>()
          replaced.set(row.batch, rows.set(row.index, { number, entities, index }))
        }
      }
    }
  }
  return replaced
}

async function replace(replaced: Replaced, waiting: RowFlags, { order }: Settling): Promise<number[]> {
  const finished: number[] = []
  const entries = [...replaced]
  for (let from = 0; from < entries.length; from += BATCHES_AT_ONCE) {
    const group = entries.slice(from, from + BATCHES_AT_ONCE)
    const replacements: Replacement[] = []
    for (const [batch, rows] of group) {
      const remaining = rows.size === batch.entities ? null : await withoutRows(order, batch, rows)
      if (remaining !== undefined) replacements.push({ batch, superseded: rows.size, remaining })
    }
    const { changed, finished: ended } = await order.replace(replacements)
    finished.push(...ended)
    // A batch that was taken to be sent at this very moment keeps its rows, and the newer ones wait for it.
    for (const [batch, rows] of group) {
      if (changed.has(batch)) continue
      for (const { number, entities, index } of rows.values()) waiting.mark(number, entities, index)
    }
  }
  return finished
}

/** What stays of a batch; undefined when it is not as it was read. */
async function withoutRows(
  order: OrderRepository,
  batch: WaitingBatch,
  rows: ReadonlyMap<number, HeldRow>,
): Promise<RemainingRows | undefined> {
  const before = { importId: batch.importId, number: batch.number - 1 }
  const [current] = await order.waitingBatches([batch.importId], ['held', 'stored'], before, 1)
  if (current?.number !== batch.number) return undefined
  if (current.entities !== batch.entities || current.attempt !== batch.attempt) return undefined
  const all = rowsOf(current)
  return packRows(partRows(all, (index) => rows.has(index)).others)
}

function rowsOf({ payload, entities, rowRanges }: WaitingBatch) {
  return { lines: unpackLines(payload, entities).texts(), rowNumbers: fromRowRanges(rowRanges) }
}

async function release(newer: HeldImport, waiting: RowFlags, settling: Settling): Promise<void> {
  const { order, batchSize, onProgress } = settling
  // Rows that go on waiting become new batches, which come after those that were compared.
  const free = ({ number }: WaitingBatch) =>
    number <= waiting.last() && (waiting.of(number)?.includes(0) ?? true)
  for await (const batches of pages(order, [newer.id], ['held'])) {
    const touched = batches.filter(free)
    if (touched.length === 0) continue
    const whole = touched.filter(({ number }) => waiting.of(number) === undefined)
    const builder = createBatchBuilder(batchSize)
    const parts = []
    const held = []
    for (const batch of touched) {
      const flags = waiting.of(batch.number)
      if (!flags) continue
      const { marked, others } = partRows(rowsOf(batch), (index) => flags[index] === 1)
      const part = packRows(others)
      if (part) parts.push({ ...part, number: batch.number })
      for (const [index, line] of marked.lines.entries()) {
        const full = builder.add(line, marked.rowNumbers[index] ?? 0)
        if (full) held.push(full)
      }
    }
    const rest = builder.cut()
    if (rest) held.push(rest)
    await order.release(newer, {
      batches: touched,
      whole: whole.map(({ number }) => number),
      parts,
      held: held.map(packBatch),
    })
    await onProgress()
  }
}
