import type { IDataActionForm } from '@looker/sdk'
import { LookerApiError } from '../api-error.ts'
import { askForForm } from '../hubs/ask-for-form.ts'
import type { Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'

/** The action's own form, fetched from the action server. How Looker tells of a failure is unknown. */
export const fetchIntegrationForm: Operation = {
  name: 'fetch_integration_form',
  verb: 'POST',
  path: '/integrations/{integration_id}/form',
  async handle(call): Promise<IDataActionForm> {
    const action = call.instance.hubs.findAction(pathParameter(call, 'integration_id'))
    const values = Object.entries(bodyObject(call)).map(([name, value]) => [name, String(value)])
    const form = await askForForm(call.instance.hubs, action, Object.fromEntries(values))
    if (form.kind === 'failed' && call.instance.unknowns.failedForm === 'empty') return { fields: [] }
    if (form.kind === 'failed') throw new LookerApiError(400, form.message)
    const fields = form.fields.map(({ value: _, ...field }) => ({
      label: null,
      description: null,
      default: null,
      oauth_url: null,
      interactive: false,
      required: false,
      ...field,
      type: field.type ?? null,
      options: (field.options ?? []).map(({ name, label }) => ({ name, label: label ?? name })),
    }))
    return { fields }
  },
}
