import type { FastifyBaseLogger } from 'fastify'
import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { Remark } from '../../../shared/report/remark.ts'
import { countOf } from '../../../shared/text/text-list.ts'
import type { BatchRepository } from '../../database/repositories/batch-repository.ts'
import type { IntakeRepository } from '../../database/repositories/intake-repository.ts'
import type { KnownRepository } from '../../database/repositories/known-repository.ts'
import { LookerError } from '../../looker/looker-error.ts'
import { readResult } from '../../looker/result/read-result.ts'
import type { RowScanning } from '../../looker/transcode/row-table.ts'
import { returnScanMemory, takeScanMemory } from '../../looker/transcode/wasm/scan-memory.ts'
import type { KeptBatches } from '../batches/kept-batches.ts'
import type { Delivery } from '../delivery.ts'
import { DeliveryError } from '../delivery-error.ts'
import type { ImportEvents } from '../import-events.ts'
import type { JoinKeySet } from '../keys/join-key-set.ts'
import type { OpenedMemory } from '../known/open-memory.ts'
import { openMemory } from '../known/open-memory.ts'
import { syncKey } from '../sync-target.ts'
import { createIntakeWriter } from './intake-writer.ts'
import { openRows } from './open-rows.ts'
import type { ReadingPlaces } from './reading-places.ts'
import { createRoomCheck } from './room-check.ts'
import { createRowIntake } from './row-intake.ts'
import { stopped } from './stopped.ts'

export type Reader = {
  intakes: IntakeRepository
  batches: BatchRepository
  kept: KeptBatches
  events: ImportEvents
  places: ReadingPlaces
  batchSize: number
  known: KnownRepository
  /** KNOWN_ROWS: most rows of an import of which fingerprints are kept. */
  knownRows: number
  /** Base URL of an environment's Heap. */
  heapUrlOf: (environmentId: string) => string
  /** Bytes that may wait for Heap in the database. */
  maxWaitingBytes: number
  /** The origins of LOOKER_URL. */
  lookerOrigins: readonly string[]
  /**
   * Aborted when the server stops; the rows that are not read by then are Looker's to send again. Or when the import
   * is cancelled, with the DeliveryError that says so.
   */
  stopping: AbortSignal
  log: FastifyBaseLogger
}

/** For the rows of a block, some 150: reading goes on with at least 70,000 rows a second however slow Heap is. */
const PACE_MILLISECONDS = 2

/** How the reading of a delivery ended. */
type Reading = {
  /** Why it ended before the end of the result; a sentence that says what to do. */
  failure: string | null
  remarks: Remark[]
  /** Of the rows that were looked at; null: of none. */
  keys: JoinKeySet | null
  /** How many entities have a value of each property; null: it did not come to that. */
  properties: PropertyFill[] | null
  /** The fingerprints of its rows; null: none were taken. */
  memory: OpenedMemory | null
}

/**
 * Reads a delivery: each row becomes an entity or a rejection, and is stored. Waiting for Looker's first byte
 * takes up no place among the deliveries that are read. What the delivery itself did wrong is the failure; rows
 * read before that are sent and accounted for like all others.
 */
export async function readDelivery(
  importId: number,
  delivery: Delivery,
  reader: Reader,
  onFirstByte: () => void,
): Promise<Reading> {
  const { places, stopping, events } = reader
  const checkRoom = createRoomCheck(reader.batches, importId, reader.maxWaitingBytes)
  const writer = createIntakeWriter(reader.intakes, importId, (stored) => {
    reader.kept.add(importId, stored)
    events.emit('stored', Math.min(...stored.map(({ number }) => number)))
  })
  const { limits, visualization } = delivery.query
  const remarks: Remark[] = []
  const scanMemory = takeScanMemory()
  const scanning: RowScanning = { memory: scanMemory, scanner: null }
  let intake: ReturnType<typeof createRowIntake> | undefined
  let memory: OpenedMemory | null | undefined

  async function readRows(): Promise<void> {
    await checkRoom()
    const rows = await openRows(delivery.rows, delivery.lookerOrigins ?? reader.lookerOrigins, stopping)
    onFirstByte()
    try {
      const place = await places
        .enter(syncKey(delivery), stopping)
        .catch(() => Promise.reject(stopped(stopping)))
      try {
        for await (const part of readResult(rows, { limits, scanning })) {
          if (stopping.aborted) throw stopped(stopping)
          if (part.kind === 'remarks') {
            remarks.push(...part.remarks)
            continue
          }
          if (part.kind === 'header') {
            const { settings } = delivery
            const { header } = part
            memory = await openMemory(reader.known, importId, settings, {
              mostRows: reader.knownRows,
              heapUrl: reader.heapUrlOf(settings.environmentId),
              onError: (error) => reader.log.warn({ err: error, importId }, 'last fingerprints'),
            })
            intake = createRowIntake(
              header,
              settings,
              visualization,
              reader.batchSize,
              writer,
              scanning,
              memory?.memory ?? undefined,
            )
            continue
          }
          await checkRoom()
          await reader.kept.untilRoom(PACE_MILLISECONDS)
          await intake?.addRows(part.rows)
          if (intake?.isDone()) break
        }
      } finally {
        place.leave()
      }
    } finally {
      await rows.close()
    }
  }

  let failure: string | null = null
  try {
    await readRows()
  } catch (error) {
    failure = tell(error, intake?.rows() ?? 0, reader)
  }
  await intake?.finish()
  returnScanMemory(scanMemory)
  const keys = intake?.keys() ?? null
  return {
    failure,
    remarks: [...remarks, ...(intake?.remarks() ?? []), ...(memory?.remarks ?? [])],
    memory: memory ?? null,
    keys,
    properties: intake?.properties() ?? null,
  }
}

/** What the analyst is told of an error. @throws the error when it is none of the delivery's */
function tell(error: unknown, rows: number, { stopping, log }: Reader): string {
  if (!(error instanceof DeliveryError || error instanceof LookerError)) throw error
  log.info({ rows, reason: error instanceof LookerError ? error.kind : error.name }, 'delivery failed')
  // The download breaks off when the server stops, which is not Looker's fault.
  const told = stopping.aborted && error instanceof LookerError ? stopped(stopping) : error
  const { message } = told
  return rows === 0 || told === stopping.reason
    ? message
    : `${message} The ${countOf(rows, 'row')} that had come before that are not lost:`
}
