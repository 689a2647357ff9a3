import type { PropertyFill } from '../../shared/api/import-detail.ts'
import type { Verdict } from '../../shared/report/import-message.ts'
import type { Remark } from '../../shared/report/remark.ts'
import { whyAsk } from '../../shared/syncs/guardrails.ts'
import type { GuardrailRepository } from '../database/repositories/guardrail-repository.ts'
import { HELD_NOT_COMPARED } from '../database/repositories/held/held-texts.ts'
import type { ImportRepository, ReadingTimes } from '../database/repositories/import-repository.ts'
import type { KeyRepository } from '../database/repositories/repair/key-repository.ts'
import type { SpanFacts, Tracing } from '../telemetry/tracing.ts'
import type { Answers } from './answers.ts'
import type { Delivery } from './delivery.ts'
import type { ImportWatch } from './import-watch.ts'
import { tellKeys } from './keys/tell-keys.ts'
import { keepMemory } from './known/keep-memory.ts'
import { guardrailsOf } from './reading/guardrails.ts'
import type { Reader } from './reading/read-delivery.ts'
import { readDelivery } from './reading/read-delivery.ts'
import type { CancelSignals } from './repair/cancel-signals.ts'
import { reportToLooker } from './report-import.ts'
import { sourceKey, syncKey, targetKey } from './sync-target.ts'

type Processor = Reader & {
  imports: ImportRepository
  watch: ImportWatch
  keys: KeyRepository
  guardrails: GuardrailRepository
  cancels: CancelSignals
  answers: Answers
  /** After so long of denials by Heap an import counts as failed for now. */
  deniedMs: number
  tracing: Tracing
}

/** So often a reader tells that it is alive; a query may run for minutes before its first row. */
const TOUCH_MILLISECONDS = 5_000

/**
 * The whole way of a delivery: its import is opened, its rows are read and stored, whoever sends batches sends
 * them (`dispatcher.ts`, here or in another process; `order/` says which have to wait), and when the last row
 * is decided Looker gets its answer. Where the sync wants to be asked, nothing is sent before the rows have been read
 * and are as usual; else Looker gets its answer at once, and the rows wait for somebody to decide (`held/`).
 *
 * @param deadline aborted when Looker must have its answer; what is stored by then is still on its way
 */
export async function processDelivery(
  delivery: Delivery,
  deadline: AbortSignal,
  processor: Processor,
): Promise<Verdict> {
  const { tracing } = processor
  return tracing.span('execute', {}, async (tell) => {
    const { environmentId, propertyType, dryRun } = delivery.settings
    tell({
      'heap.environment': environmentId,
      'import.property_type': propertyType,
      'import.dry_run': dryRun,
    })
    return process(delivery, deadline, processor, tell)
  })
}

async function process(
  delivery: Delivery,
  deadline: AbortSignal,
  processor: Processor,
  tell: (facts: SpanFacts) => void,
): Promise<Verdict> {
  const { imports, watch } = processor
  const { id: importId, sync } = await imports.create({
    connectionId: delivery.connectionId,
    lookerInstance: delivery.lookerInstance,
    lookerOrigin: delivery.lookerOrigin,
    syncKey: syncKey(delivery),
    sourceKey: sourceKey(delivery),
    targetKey: targetKey(delivery.settings),
    planId: delivery.planId,
    title: delivery.title,
    settings: delivery.settings,
  })
  const openedAt = performance.now()
  tell({ 'import.id': importId, 'import.sync': sync })
  const log = processor.log.child({ importId, sync })
  await readToItsEnd(importId, delivery, openedAt, { ...processor, log })
  const record = await watch.wait(importId, deadline)
  const verdict = await reportToLooker(record, imports, processor.deniedMs)
  tell({ 'import.rows': record.counts.received, 'import.success': verdict.success })
  log.info({ counts: record.counts, success: verdict.success }, 'import answered')
  // Looker does not wait for what is kept for people.
  processor.answers.keep(importId, verdict)
  return verdict
}

async function readToItsEnd(
  importId: number,
  delivery: Delivery,
  openedAt: number,
  processor: Processor,
): Promise<void> {
  const { imports, events, cancels, log, tracing } = processor
  const times: ReadingTimes = { firstByteMs: null }
  const onFirstByte = () => {
    times.firstByteMs = performance.now() - openedAt
  }
  const touching = setInterval(() => {
    imports.touchReader(importId, times).catch((error: unknown) => log.warn({ err: error }, 'touch reader'))
  }, TOUCH_MILLISECONDS)
  try {
    const { failure, remarks, keys, properties, memory } = await cancels.during(
      importId,
      processor.stopping,
      (stopping) =>
        tracing.span('read rows', { 'import.id': importId }, () =>
          readDelivery(importId, delivery, { ...processor, stopping }, onFirstByte),
        ),
    )
    // Should it fail, older rows cannot be tried again: that is all.
    await tellKeys(processor.keys, importId, keys).catch((error: unknown) =>
      log.warn({ err: error, importId }, 'tell keys'),
    )
    if (memory !== null && failure === null) {
      // Should it fail, everything is sent the next time: that is all.
      await keepMemory(processor.known, importId, memory).catch((error: unknown) =>
        log.warn({ err: error, importId }, 'keep fingerprints'),
      )
    }
    const { unusual, mustAsk } = await judge(importId, failure, properties, { ...processor, log })
    const told = [...unusual, ...remarks]
    const why = [mustAsk, whyAsk(unusual, remarks)].filter((text) => text !== null).join(' ')
    const details = { ...times, properties, unusual: failure === null && why !== '' ? why : null }
    const finished = await imports.finishReading(importId, failure, told, details)
    if (finished.length > 0) events.emit('decided', finished)
  } finally {
    clearInterval(touching)
    events.emit('read')
  }
}

/**
 * What is unusual about a delivery that has been read to its end. That this cannot be told must not cost the import;
 * but where the sync wants to be asked, somebody is.
 */
async function judge(
  importId: number,
  failure: string | null,
  properties: readonly PropertyFill[] | null,
  { guardrails, log }: Pick<Processor, 'guardrails' | 'log'>,
): Promise<{ unusual: Remark[]; mustAsk: string | null }> {
  if (failure !== null) return { unusual: [], mustAsk: null }
  try {
    return { unusual: await guardrailsOf(guardrails, importId, properties), mustAsk: null }
  } catch (error) {
    log.warn({ err: error }, 'guardrails')
    return { unusual: [], mustAsk: HELD_NOT_COMPARED }
  }
}
