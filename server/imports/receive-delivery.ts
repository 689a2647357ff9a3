import type { FastifyBaseLogger } from 'fastify'
import type { QueryWord } from '../../shared/looker-result/query-word.ts'
import type { Remark } from '../../shared/remark.ts'
import type { SyncSettings } from '../../shared/sync-settings.ts'
import { countOf } from '../../shared/text-list.ts'
import type { BatchRepository } from '../database/batch-repository.ts'
import type { ImportRepository } from '../database/import-repository.ts'
import { LookerError } from '../looker/looker-error.ts'
import { readResult } from '../looker/result/read-result.ts'
import { DeliveryError } from './delivery-error.ts'
import { createIntakeWriter } from './intake-writer.ts'
import { createRoomCheck } from './room-check.ts'
import { createRowIntake } from './row-intake.ts'
import { stopped } from './stopped.ts'
import { syncKey } from './sync-target.ts'

/** What Looker hands over when it calls execute, with the form parameters checked. */
export type Delivery = {
  connectionId: number
  planId: string | null
  title: string | null
  settings: SyncSettings
  /** What the query behind the rows says of them. */
  query: QueryWord
  /** Opens the result's bytes; called once, after the import exists. */
  open: () => Promise<AsyncIterable<Uint8Array>>
}

export type Receiver = {
  imports: ImportRepository
  batches: BatchRepository
  batchSize: number
  /** Bytes that may wait for Heap in the database. */
  maxWaitingBytes: number
  /** Called when batches have been stored. */
  onStored: () => void
  /** Aborted when the server stops; the rows that are not read by then are Looker's to send again. */
  stopping: AbortSignal
  log: FastifyBaseLogger
}

/** So often a reader tells that it is alive; a query may run for minutes before its first row. */
const TOUCH_MILLISECONDS = 5_000

/**
 * Reads a delivery to its end: opens an import, turns each row into an entity or a rejection, and stores
 * all. What the delivery itself did wrong ends the import's reading and is kept as its failure; rows read
 * before that are sent and accounted for like all others.
 *
 * @returns the import's id; it is no longer in the state `reading`
 */
export async function receiveDelivery(delivery: Delivery, receiver: Receiver): Promise<number> {
  const { imports, log } = receiver
  const { connectionId, planId, title, settings } = delivery
  const importId = await imports.create({
    connectionId,
    planId,
    title,
    settings,
    syncKey: syncKey(connectionId, planId, settings),
  })
  const touching = setInterval(() => {
    imports
      .touchReader(importId)
      .catch((error: unknown) => log.warn({ err: error, importId }, 'touch reader'))
  }, TOUCH_MILLISECONDS)
  try {
    const { failure, remarks } = await readRows(importId, delivery, receiver)
    await imports.finishReading(importId, failure, remarks)
  } finally {
    clearInterval(touching)
  }
  return importId
}

async function readRows(importId: number, delivery: Delivery, receiver: Receiver) {
  const { imports, batchSize, onStored, stopping, log } = receiver
  const checkRoom = createRoomCheck(receiver.batches, importId, receiver.maxWaitingBytes)
  const writer = createIntakeWriter(imports, importId, onStored)
  let intake: ReturnType<typeof createRowIntake> | undefined
  const remarks: Remark[] = []
  let failure: string | null = null
  try {
    await checkRoom()
    const { limits, visualization } = delivery.query
    for await (const part of readResult(await delivery.open(), { limits })) {
      if (stopping.aborted) throw stopped()
      if (part.kind === 'remarks') {
        remarks.push(...part.remarks)
        continue
      }
      if (part.kind === 'header') {
        intake = createRowIntake(part.header, delivery.settings, visualization, batchSize, writer)
        continue
      }
      await checkRoom()
      const result = await intake?.take(part.rows)
      // A newer delivery carries all rows again: no need to read on.
      if (result?.superseded) break
    }
  } catch (error) {
    if (!(error instanceof DeliveryError || error instanceof LookerError)) throw error
    log.info({ importId, rows: intake?.rows() ?? 0, reason: error.name }, 'delivery failed')
    // The download breaks off when the server stops, which is not Looker's fault.
    failure = stopping.aborted && error instanceof LookerError ? stopped().message : error.message
  }
  await intake?.finish()
  remarks.push(...(intake?.remarks() ?? []))
  if (failure !== null && intake && intake.rows() > 0) {
    const rows = countOf(intake.rows(), 'row')
    failure = `${failure} The ${rows} that had come before that are not lost:`
  }
  return { failure, remarks }
}
