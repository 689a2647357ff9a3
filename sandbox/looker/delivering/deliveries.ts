import type { Look } from '../look.ts'
import type { ActionTarget, DeliverOptions } from './deliver.ts'
import { createDelivery } from './deliver.ts'
import type { DeliveryRecord, NewDelivery } from './delivery-record.ts'
import { finishRecord, isWritable, startRecord } from './delivery-record.ts'
import type { OfferedResult } from './send-result.ts'

export type Deliveries = ReturnType<typeof createDeliveries>

/** What is to be delivered and why. The format may be one that the stand-in does not write. */
type DeliveryRequest = Pick<NewDelivery, 'planId' | 'planName' | 'trigger' | 'formParams'> & {
  format: string
}

type DeliveriesContext = {
  offer: (result: OfferedResult) => string
  origin: () => string
}

/** Delivers Looks to actions and keeps what became of each delivery. */
export function createDeliveries(context: DeliveriesContext) {
  const records: DeliveryRecord[] = []
  const run = createDelivery(context)

  function record(request: DeliveryRequest, lookId: string, lookTitle: string, mode: 'url' | 'push') {
    const { format, ...rest } = request
    const started = startRecord({
      ...rest,
      id: records.length + 1,
      lookId,
      lookTitle,
      mode,
      format: isWritable(format) ? format : 'json_detail_lite_stream',
    })
    records.push(started)
    return started
  }

  /** Notes a delivery that does not take place. */
  function refuse(
    request: DeliveryRequest,
    lookTitle: string,
    status: 'failure' | 'skipped',
    message: string,
    look?: Look,
  ): void {
    finishRecord(record(request, look?.id ?? '', lookTitle, 'url'), { status, message })
  }

  return {
    /** Every delivery since the start, newest first; those that are under way change. */
    history: (): readonly DeliveryRecord[] => [...records].reverse(),
    refuse,
    /** Never rejects: what goes wrong with a delivery stands in its record. */
    async send(
      look: Look,
      request: DeliveryRequest,
      options: DeliverOptions,
      target: ActionTarget,
    ): Promise<DeliveryRecord> {
      const started = record(request, look.id, look.title, options.mode ?? 'url')
      if (isWritable(request.format)) await run(look, started, options, target)
      else
        finishRecord(started, {
          status: 'failure',
          message: `The stand-in does not write ${request.format}.`,
        })
      return started
    },
  }
}
