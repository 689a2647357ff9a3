import { invalid } from '../api-error.ts'
import { demand } from '../demand.ts'
import { askForForm } from '../hubs/ask-for-form.ts'
import { integrationView } from '../hubs/hub-views.ts'
import type { RegisteredAction } from '../hubs/hubs.ts'
import type { Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

/** Switches an action on or off. Before Looker enables it, it asks for the form with the new parameters. */
export const updateIntegration: Operation = {
  name: 'update_integration',
  verb: 'PATCH',
  path: '/integrations/{integration_id}',
  async handle(call) {
    demand(call, 'administer')
    const action = call.instance.hubs.findAction(pathParameter(call, 'integration_id'))
    const { enabled, params } = bodyObject(call)
    if (Array.isArray(params)) setParams(action, params)
    if (enabled === true && !action.enabled) {
      if (action.hub.agreement === 'open') {
        throw invalid([
          { field: 'enabled', code: 'invalid', message: 'The legal agreement of the hub is not signed' },
        ])
      }
      const form = await askForForm(call.instance.hubs, action)
      if (form.kind !== 'fields')
        throw invalid([{ field: 'enabled', code: 'invalid', message: form.message }])
    }
    if (typeof enabled === 'boolean') action.enabled = enabled
    return pickFields(integrationView(action), call.query.fields)
  },
}

/** Writing null is passed over and an empty text clears the value (documented by Looker). */
function setParams(action: RegisteredAction, params: readonly unknown[]): void {
  for (const param of params) {
    const { name, value } = param as { name?: unknown; value?: unknown }
    if (typeof name !== 'string' || typeof value !== 'string') continue
    if (value === '') action.params.delete(name)
    else action.params.set(name, value)
  }
}
