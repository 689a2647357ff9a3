import type { PropertyFill } from '../../shared/api/import-detail.ts'
import { NOTHING_HIDDEN, type Visualization } from '../../shared/looker-result/visualization.ts'
import type { Remark } from '../../shared/report/remark.ts'
import type { SyncSettings } from '../../shared/settings/sync-settings.ts'
import type { RejectedRow } from '../database/repositories/rejected-rows.ts'
import { entityLines } from '../heap/entity-lines.ts'
import type { Batch } from '../imports/batches/batch-builder.ts'
import { fromRowRanges } from '../imports/batches/row-ranges.ts'
import type { RowMemory } from '../imports/known/row-memory.ts'
import { createRowIntake } from '../imports/reading/row-intake.ts'
import { readResult } from '../looker/result/read-result.ts'
import type { RowScanning } from '../looker/transcode/row-table.ts'
import type { RowScanner } from '../looker/transcode/scan-row.ts'
import { NO_MATCH } from '../looker/transcode/scan-row.ts'

/** All that becomes of a result before it is stored. */
export type TakenResult = {
  /** Lines of each batch with the numbers of their rows. */
  batches: { number: number; lines: string[]; rowNumbers: number[] }[]
  rejected: RejectedRow[]
  skipped: number
  checked: number
  unchanged: number
  remarks: Remark[]
  rows: number
  properties: PropertyFill[]
  failure: string | null
}

/** A scanning that never matches: every row is parsed and mapped. */
export function parseEveryRow(): RowScanning {
  return Object.defineProperty({ scanner: null }, 'scanner', { get: () => null, set: () => undefined })
}

/** A scanning that counts the rows it matches. */
export function countMatches(): RowScanning & { matches: number } {
  let inner: RowScanner | null = null
  let counting: RowScanner | null = null
  return {
    matches: 0,
    get scanner() {
      return counting
    },
    set scanner(scanner) {
      if (scanner === inner) return
      inner = scanner
      const counts = this
      if (scanner === null) counting = null
      else {
        const { scan } = scanner
        counting = Object.assign(scanner, {
          scan(...given: Parameters<RowScanner['scan']>) {
            const end = scan(...given)
            if (end !== NO_MATCH) counts.matches += 1
            return end
          },
        })
      }
    },
  }
}

/** Reads a result and takes its rows; nothing is stored. */
export async function takeResult(
  chunks: AsyncIterable<Uint8Array>,
  settings: SyncSettings,
  scanning: RowScanning,
  {
    batchSize = 1_000,
    visualization = NOTHING_HIDDEN,
    memory = null,
  }: { batchSize?: number; visualization?: Visualization; memory?: RowMemory | null } = {},
): Promise<TakenResult> {
  const taken: TakenResult = {
    batches: [],
    rejected: [],
    skipped: 0,
    checked: 0,
    unchanged: 0,
    remarks: [],
    rows: 0,
    properties: [],
    failure: null,
  }
  let intake: ReturnType<typeof createRowIntake> | undefined
  const writer = {
    addBatch: ({ number, entities, rowRanges, bytes }: Batch) => {
      const lines = entityLines(bytes, entities).texts()
      taken.batches.push({ number, lines, rowNumbers: fromRowRanges(rowRanges) })
    },
    addRejected: (row: RejectedRow) => void taken.rejected.push(row),
    addSkipped: () => {
      taken.skipped += 1
    },
    addChecked: (rows: number) => {
      taken.checked += rows
    },
    addUnchanged: () => {
      taken.unchanged += 1
    },
    advance: async () => undefined,
    flush: async () => undefined,
  }
  try {
    for await (const part of readResult(chunks, { scanning })) {
      if (part.kind === 'remarks') taken.remarks.push(...part.remarks)
      if (part.kind === 'header') {
        intake = createRowIntake(part.header, settings, visualization, batchSize, writer, scanning, memory)
      }
      if (part.kind === 'rows') await intake?.addRows(part.rows)
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    taken.failure = `${error.name}: ${error.message}`
  }
  await intake?.finish()
  taken.remarks.push(...(intake?.remarks() ?? []))
  taken.rows = intake?.rows() ?? 0
  taken.properties = intake?.properties() ?? []
  return taken
}
