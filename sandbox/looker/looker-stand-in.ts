import Fastify from 'fastify'
import type { ActionClientOptions } from './action-client.ts'
import { createActionClient } from './action-client.ts'
import type { CheckedForm } from './action-form.ts'
import { fetchForm, findIntegration, LookerRefusal } from './action-set-up.ts'
import type { DeliverOptions } from './deliver.ts'
import { createDelivery } from './deliver.ts'
import type { DeliveryRecord } from './delivery-record.ts'
import { startRecord } from './delivery-record.ts'
import { createDownloads } from './downloads.ts'
import type { Look } from './look.ts'
import { SAMPLE_LOOKS } from './looks.ts'
import type { OfferedResult } from './send-result.ts'
import { sendResult } from './send-result.ts'

export type LookerStandInOptions = ActionClientOptions & {
  /** The URL that an admin pastes under Add Action Hub. */
  actionUrl: string
  /** Which of the hub's actions deliveries go to. */
  actionName?: string
  looks?: readonly Look[]
  host?: string
  port?: number
  downloadSeconds?: number
}

export type LookerStandIn = ReturnType<typeof createLookerStandIn>

/**
 * A stand-in for Looker: it has Looks, and delivers them to an action as Looker's scheduler does. It keeps
 * what became of each delivery.
 */
export function createLookerStandIn(options: LookerStandInOptions) {
  const { actionUrl, actionName = 'heap', looks = SAMPLE_LOOKS, host = '127.0.0.1', port = 0 } = options
  const app = Fastify({ forceCloseConnections: true })
  const client = createActionClient(options)
  const downloads = createDownloads<OfferedResult>(options.downloadSeconds)
  const records: DeliveryRecord[] = []
  let origin = ''
  let plans = 0

  app.get<{ Params: { token: string } }>('/downloads/:token', async (request, reply) => {
    const offered = downloads.take(request.params.token)
    if (!offered) return reply.code(404).send({ message: 'Not found' })
    return sendResult(offered, reply)
  })

  function findLook(lookId: string): Look {
    const look = looks.find(({ id }) => id === lookId)
    if (!look) throw new LookerRefusal(`there is no Look ${lookId}`)
    return look
  }

  /** Rejects only for an unknown Look: what goes wrong with a delivery stands in its record. */
  async function deliver(
    lookId: string,
    formParams: Record<string, string> = findLook(lookId).suggestedParams,
    delivery: DeliverOptions = {},
  ): Promise<DeliveryRecord> {
    const look = findLook(lookId)
    if (delivery.planId === undefined) plans += 1
    const record = startRecord(look, {
      id: records.length + 1,
      planId: delivery.planId ?? String(4710 + plans),
      mode: delivery.mode ?? 'url',
      format: delivery.format ?? 'json_detail_lite_stream',
      formParams,
    })
    records.push(record)
    await run(look, record, delivery)
    return record
  }

  const run = createDelivery({ client, actionUrl, actionName, offer: downloads.offer, origin: () => origin })

  return {
    looks,
    deliver,
    /** Every delivery since the start, newest first; those that are under way change. */
    history: (): readonly DeliveryRecord[] => [...records].reverse(),
    /** The action's form as the Send dialog shows it, for what has been filled in so far. */
    async form(formParams: Record<string, string> = {}): Promise<CheckedForm> {
      const integration = await findIntegration(client, actionUrl, actionName)
      return fetchForm(client, integration, formParams)
    },
    /** @returns the origin, which the action server has to trust for downloads */
    async listen(): Promise<string> {
      origin = await app.listen({ host, port })
      return origin
    },
    close: () => app.close(),
  }
}
