import { integrationView } from '../hubs/hub-views.ts'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

export const integration: Operation = {
  name: 'integration',
  verb: 'GET',
  path: '/integrations/{integration_id}',
  handle(call) {
    const action = call.instance.hubs.findAction(pathParameter(call, 'integration_id'))
    return pickFields(integrationView(action), call.query.fields)
  },
}
