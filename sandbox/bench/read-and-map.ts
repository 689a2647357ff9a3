import type { IntakeWriter } from '../../server/imports/reading/intake-writer.ts'
import { createRowIntake } from '../../server/imports/reading/row-intake.ts'
import { readResult } from '../../server/looker/result/read-result.ts'
import type { RowMemory } from '../../server/imports/known/row-memory.ts'
import type { RowScanning } from '../../server/looker/transcode/row-table.ts'
import { NO_QUERY } from '../../shared/looker-result/query-word.ts'
import type { FormParams } from '../../shared/settings/sync-settings.ts'
import { parseSettings } from '../../shared/settings/sync-settings.ts'

/** Entities a batch, as the server cuts them unless it is set up otherwise. */
const BATCH_SIZE = 1_000

/**
 * Reads a result as the server does, from its bytes to batches of entities, which are thrown away: the scan,
 * the rules, the set of join keys and the cutting, without a database and without Heap. The only place where
 * the benchmark calls the server from inside.
 *
 * @param memory takes fingerprints of the rows
 * @returns how many rows became entities of a batch
 */
export async function readAndMap(
  chunks: readonly Uint8Array[],
  params: FormParams,
  memory: RowMemory | null = null,
): Promise<number> {
  const parsed = parseSettings(params)
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.errors))
  let entities = 0
  const writer: IntakeWriter = {
    addBatch: (batch) => {
      entities += batch.entities
    },
    addRejected: () => undefined,
    addSkipped: () => undefined,
    addChecked: () => undefined,
    addUnchanged: () => undefined,
    advance: () => Promise.resolve(),
    flush: () => Promise.resolve(),
  }
  let intake: ReturnType<typeof createRowIntake> | undefined
  const scanning: RowScanning = { scanner: null }
  for await (const part of readResult(toIterable(chunks), { limits: NO_QUERY.limits, scanning })) {
    if (part.kind === 'header') {
      const { settings } = parsed
      const { visualization } = NO_QUERY
      intake = createRowIntake(part.header, settings, visualization, BATCH_SIZE, writer, scanning, memory)
    } else if (part.kind === 'rows') {
      await intake?.addRows(part.rows)
    }
  }
  await intake?.finish()
  return entities
}

async function* toIterable(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
