import type { RejectionReason } from '../../../../shared/report/import-counts.ts'
import type { Database } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { payloadForm } from '../../engine/payload-form.ts'
import { lockImports } from '../lock-imports.ts'
import type { RemainingRows, WaitingBatch } from '../order-repository.ts'
import { takeOut } from '../order-repository.ts'
import type { RejectedRow } from '../rejected-rows.ts'
import { insertRejectedRows } from '../rejected-rows.ts'
import { addDecidedRows } from '../row-counts.ts'
import type { KeptLines } from './kept-lines.ts'
import { keepLines } from './kept-lines.ts'

/** Rows of a waiting batch that are not to be sent. */
export type Removal = {
  batch: WaitingBatch
  rows: readonly (RejectedRow & {
    reason: Extract<RejectionReason, 'cancelled' | 'discarded' | 'forgotten'>
  })[]
  remaining: RemainingRows
  /** Their lines, when they may be tried again. */
  kept: Omit<KeptLines, 'importId'> | null
}

export type RemovalRepository = ReturnType<typeof createRemovalRepository>

/** Takes rows that wait for Heap out of their batches, and counts them as rejected. */
export function createRemovalRepository(database: Database) {
  const form = payloadForm(database)
  return {
    /**
     * @returns the batches that were as they had been read, so that their rows are gone, and ids of the imports that
     *   are finished by it
     */
    remove(
      removals: readonly Removal[],
    ): Promise<{ changed: ReadonlySet<WaitingBatch>; finished: number[] }> {
      return patiently(
        () =>
          database.transaction(async (transaction) => {
            await lockImports(
              transaction,
              removals.map(({ batch }) => batch.importId),
            )
            const done: Removal[] = []
            for (const removal of removals) {
              if (await takeOut(transaction, form, removal)) done.push(removal)
            }
            await insertRejectedRows(
              transaction,
              done.flatMap(({ batch, rows }) => rows.map((row) => ({ ...row, importId: batch.importId }))),
            )
            await keepLines(
              transaction,
              database,
              done.flatMap(({ batch, kept }) => (kept ? [{ ...kept, importId: batch.importId }] : [])),
            )
            const finished = await addDecidedRows(
              transaction,
              done.map(({ batch, rows }) => ({
                importId: batch.importId,
                delivered: 0,
                rejected: rows.length,
                superseded: 0,
              })),
            )
            return { changed: new Set(done.map(({ batch }) => batch)), finished }
          }),
        database.patienceMs,
      )
    },
  }
}
