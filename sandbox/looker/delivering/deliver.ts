import { readAnswer } from '../action/action-answer.ts'
import type { ActionClient } from '../action/action-client.ts'
import type { ActionIntegration } from '../action/action-listing.ts'
import { fetchForm, findIntegration, LookerRefusal } from '../action/action-set-up.ts'
import type { Look } from '../look.ts'
import { lookQuery } from '../look-query.ts'
import type { DeliveryRecord, DownloadMode } from './delivery-record.ts'
import { finishRecord } from './delivery-record.ts'
import type { PayloadRows } from './execute-payload.ts'
import { executePayload } from './execute-payload.ts'
import type { ResultFault } from './result-fault.ts'
import type { PivotForm, ResultFormat } from './result-head.ts'
import { JSON_DETAIL_ROWS } from './result-head.ts'
import type { OfferedResult } from './send-result.ts'
import { writeResult } from './write-result.ts'

/** The limit of a query without limit. */
const ALL_RESULTS = -1

export type DeliverOptions = {
  mode?: DownloadMode
  format?: ResultFormat
  /** Results in Table: as many rows as the Look's limit. The default is All Results. */
  rowLimit?: number
  headAfterData?: boolean
  pivotForm?: PivotForm
  rowKeys?: 'name' | 'label' | 'label_short'
  fault?: ResultFault
  /** Of an earlier delivery, to repeat its schedule. */
  planId?: string
  /** The delivery is of a plan that was saved while the listing offered its format. */
  unlistedFormat?: boolean
  /** Send neither rows nor a download URL, as "send even if there are no results" may do. */
  withoutRows?: boolean
}

/** Which action a delivery goes to, and the client that has the token of its hub. */
export type ActionTarget = { client: ActionClient; actionUrl: string; actionName: string }

type DeliveryContext = {
  offer: (result: OfferedResult) => string
  origin: () => string
}

/** Makes the function that does what Looker does on a Send: listing, form, execute. It fills the record. */
export function createDelivery({ offer, origin }: DeliveryContext) {
  return async (
    look: Look,
    record: DeliveryRecord,
    options: DeliverOptions,
    { client, actionUrl, actionName }: ActionTarget,
  ): Promise<void> => {
    try {
      const integration = await findIntegration(client, actionUrl, actionName)
      checkSupport(integration, record, options.unlistedFormat ?? false)
      record.step = 'form'
      const form = await fetchForm(client, integration, record.formParams)
      if (form.kind === 'error') throw new LookerRefusal(form.message)
      if (form.kind === 'refused') {
        throw new LookerRefusal(`the form breaks the contract: ${form.problems.join('; ')}`)
      }
      record.step = 'execute'
      const query = lookQuery(look, options.rowLimit ?? ALL_RESULTS)
      const rows = await payloadRows(look, record, options)
      const payload = executePayload(look, record, { origin: origin(), query, rows })
      const { status, body, keepAlives } = await client.postJson(integration.url, payload)
      record.keepAlives = keepAlives
      finishRecord(record, readAnswer(integration.url, status, body))
    } catch (error) {
      finishRecord(record, { status: 'failure', message: reason(error) })
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
    pivotForm: options.pivotForm ?? 'listed',
    rowKeys: options.rowKeys ?? 'name',
    onRow: () => {
      record.rowsSent += 1
    },
  }
}

/** A key that the listing leaves out means that everything is supported; for downloads the documents differ. */
function checkSupport(
  integration: ActionIntegration,
  { format, mode }: DeliveryRecord,
  unlistedFormat: boolean,
): void {
  const { supported_action_types: types, supported_formats: formats } = integration
  const modes = integration.supported_download_settings
  if (!types.includes('query')) throw new LookerRefusal('the action takes no queries, so no Looks')
  if (formats && !unlistedFormat && !formats.includes(format))
    throw new LookerRefusal(`the action does not take ${format}`)
  if (modes && !modes.includes(mode)) throw new LookerRefusal(`the action does not take results by ${mode}`)
}

function reason(error: unknown): string {
  if (error instanceof LookerRefusal) return `Looker refused: ${error.message}`
  const text = error instanceof Error ? error.message : String(error)
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `The action did not answer: ${text || 'no connection'}${cause}`
}
