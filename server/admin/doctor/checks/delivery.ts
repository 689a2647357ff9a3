import { isRecord } from '../../../../shared/is-record.ts'
import type { Outcome } from '../finding.ts'
import { fine, notChecked, problem } from '../finding.ts'

/** A dry run of one row takes a moment; a server that is busy reading others may let it wait. */
const DELIVERY_MS = 60_000

/** As Looker hands over a Look with two columns and a row. */
const ATTACHMENT = {
  fields: {
    dimensions: [
      { name: 'doctor.email', label: 'Doctor Email', label_short: 'Email', type: 'string' },
      { name: 'doctor.checked', label: 'Doctor Checked', label_short: 'Checked', type: 'string' },
    ],
    measures: [],
    table_calculations: [],
  },
  data: [{ 'doctor.email': { value: 'doctor@example.com' }, 'doctor.checked': { value: 'yes' } }],
}

/** One row the whole way through the running server, as a dry run: Heap is sent nothing. */
export async function checkDelivery(
  serverUrl: string,
  token: string | undefined,
  environmentId: string,
): Promise<Outcome> {
  if (token === undefined) return notChecked('it needs LOOKER_TOKEN')
  const answer = await fetch(`${serverUrl}/actions/heap/execute`, {
    method: 'POST',
    headers: {
      authorization: `Token token="${token}"`,
      'content-type': 'application/json',
      'x-looker-instance': 'doctor',
    },
    body: JSON.stringify(payload(environmentId)),
    signal: AbortSignal.timeout(DELIVERY_MS),
  }).catch(() => null)
  const body: unknown = await answer?.json().catch(() => null)
  const said = isRecord(body) && isRecord(body.looker) ? body.looker : null
  if (said?.success === true) return fine(String(said.message ?? 'it arrived'))
  const why = said ? String(said.message) : answer ? `status ${answer.status}` : 'no answer'
  return problem(`it failed: ${why}`, 'Do what the text says; the log of the server has more.')
}

function payload(environmentId: string) {
  return {
    type: 'query',
    scheduled_plan: {
      scheduled_plan_id: 'doctor',
      title: 'Test delivery of the doctor',
      type: 'Look',
      url: null,
      query_id: null,
      query: null,
      filters_differ_from_look: false,
      download_url: null,
    },
    attachment: { mimetype: 'application/json', extension: 'json', data: JSON.stringify(ATTACHMENT) },
    data: {},
    form_params: {
      env_id: environmentId,
      property_type: 'user',
      heap_field: 'Doctor Email',
      match_by: 'identity',
      dry_run: 'yes',
    },
    state: null,
  }
}
