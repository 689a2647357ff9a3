import type { IIntegrationTestResult } from '@looker/sdk'
import { demand } from '../demand.ts'
import { askForForm } from '../hubs/ask-for-form.ts'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'

/** Test Again in the admin's pages: the form with the current parameters. */
export const testIntegration: Operation = {
  name: 'test_integration',
  verb: 'POST',
  path: '/integrations/{integration_id}/test',
  async handle(call): Promise<IIntegrationTestResult> {
    demand(call, 'administer')
    const action = call.instance.hubs.findAction(pathParameter(call, 'integration_id'))
    const form = await askForForm(call.instance.hubs, action, Object.fromEntries(action.params))
    return form.kind === 'fields'
      ? { success: true, message: 'The action answered its form.' }
      : { success: false, message: form.message }
  },
}
