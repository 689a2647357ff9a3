import { readAnswer } from './action-answer.ts'
import type { ActionClient } from './action-client.ts'
import type { ActionIntegration } from './action-listing.ts'
import { fetchForm, findIntegration, LookerRefusal } from './action-set-up.ts'
import type { DeliveryRecord, DownloadMode } from './delivery-record.ts'
import type { PayloadRows } from './execute-payload.ts'
import { executePayload } from './execute-payload.ts'
import type { Look } from './look.ts'
import type { ResultFault } from './result-fault.ts'
import type { ResultFormat } from './result-head.ts'
import type { OfferedResult } from './send-result.ts'
import { writeResult } from './write-result.ts'

/** Rows that Looker writes into `json_detail` at most, even with All Results (seen in its reference hub). */
const JSON_DETAIL_ROWS = 5000

export type DeliverOptions = {
  mode?: DownloadMode
  format?: ResultFormat
  /** Results in Table: as many rows as the Look's limit. The default is All Results. */
  rowLimit?: number
  headAfterData?: boolean
  fault?: ResultFault
  /** Of an earlier delivery, to repeat its schedule. */
  planId?: string
  /** Send neither rows nor a download URL, as "send even if there are no results" may do. */
  withoutRows?: boolean
}

type DeliveryContext = {
  client: ActionClient
  actionUrl: string
  actionName: string
  offer: (result: OfferedResult) => string
  origin: () => string
}

/** Makes the function that does what Looker does on a Send: listing, form, execute. It fills the record. */
export function createDelivery({ client, actionUrl, actionName, offer, origin }: DeliveryContext) {
  return async (look: Look, record: DeliveryRecord, options: DeliverOptions): Promise<void> => {
    try {
      const integration = await findIntegration(client, actionUrl, actionName)
      checkSupport(integration, record)
      record.step = 'form'
      const form = await fetchForm(client, integration, record.formParams)
      if (form.kind === 'error') throw new LookerRefusal(form.message)
      if (form.kind === 'refused') {
        throw new LookerRefusal(`the form breaks the contract: ${form.problems.join('; ')}`)
      }
      record.step = 'execute'
      const payload = executePayload(look, record, origin(), await payloadRows(look, record, options))
      const { status, body, keepAlives } = await client.postJson(integration.url, payload)
      record.keepAlives = keepAlives
      finish(record, readAnswer(integration.url, status, body))
    } catch (error) {
      finish(record, { status: 'failure', message: reason(error) })
    }
  }

  async function payloadRows(
    look: Look,
    record: DeliveryRecord,
    options: DeliverOptions,
  ): Promise<PayloadRows> {
    if (options.withoutRows) return null
    const offered: OfferedResult = { look, record, options: resultOptions(record, options) }
    if (options.fault) offered.fault = options.fault
    if (record.mode === 'url') return { downloadUrl: `${origin()}/downloads/${offer(offered)}` }
    let data = ''
    for await (const piece of writeResult(look, offered.options)) data += piece
    return { data }
  }
}

function resultOptions(record: DeliveryRecord, options: DeliverOptions): OfferedResult['options'] {
  const most = record.format === 'json_detail' ? JSON_DETAIL_ROWS : Number.POSITIVE_INFINITY
  return {
    format: record.format,
    rowLimit: Math.min(options.rowLimit ?? most, most),
    headAfterData: options.headAfterData ?? false,
    onRow: () => {
      record.rowsSent += 1
    },
  }
}

/** A key that the listing leaves out means that everything is supported; for downloads the documents differ. */
function checkSupport(integration: ActionIntegration, { format, mode }: DeliveryRecord): void {
  const { supported_action_types: types, supported_formats: formats } = integration
  const modes = integration.supported_download_settings
  if (!types.includes('query')) throw new LookerRefusal('the action takes no queries, so no Looks')
  if (formats && !formats.includes(format)) throw new LookerRefusal(`the action does not take ${format}`)
  if (modes && !modes.includes(mode)) throw new LookerRefusal(`the action does not take results by ${mode}`)
}

function finish(record: DeliveryRecord, answer: { status: 'success' | 'failure'; message: string }): void {
  record.status = answer.status
  record.message = answer.message
  record.step = 'done'
  record.finishedAt = new Date().toISOString()
}

function reason(error: unknown): string {
  if (error instanceof LookerRefusal) return `Looker refused: ${error.message}`
  const text = error instanceof Error ? error.message : String(error)
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `The action did not answer: ${text || 'no connection'}${cause}`
}
