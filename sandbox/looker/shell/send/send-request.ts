import type { DeliverOptions } from '../../delivering/deliver.ts'
import type { Look } from '../../look.ts'
import type { FormValues } from './render-form.ts'
import { PARAM_PREFIX } from './render-form.ts'
import { LOOKER_FAULTS, planOf } from './trouble.ts'

type SendRequest = { lookId: string; formParams: Record<string, string>; options: DeliverOptions }

/** Reads what was filled in into the Send dialog. Empty parameters are left out, as Looker does. */
export function readSendRequest(values: FormValues): SendRequest {
  const formParams = Object.entries(values)
    .filter(([name, value]) => name.startsWith(PARAM_PREFIX) && value !== '')
    .map(([name, value]) => [name.slice(PARAM_PREFIX.length), value])
  const fault = planOf(LOOKER_FAULTS, values.fault)
  return {
    lookId: values.look ?? '',
    formParams: Object.fromEntries(formParams),
    options: {
      mode: values.mode === 'push' ? 'push' : 'url',
      format: values.format === 'json_detail' ? 'json_detail' : 'json_detail_lite_stream',
      ...(values.rows ? { rowLimit: Number(values.rows) } : {}),
      ...(fault ? { fault } : {}),
    },
  }
}

/** The dialog filled in with what suits a Look. */
export function suggestedValues(look: Look): FormValues {
  const params = Object.entries(look.suggestedParams).map(([name, value]) => [PARAM_PREFIX + name, value])
  return { look: look.id, ...Object.fromEntries(params) }
}
