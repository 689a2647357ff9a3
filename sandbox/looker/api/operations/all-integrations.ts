import { integrationView } from '../hubs/hub-views.ts'
import type { Operation } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

/** All actions of all hubs, or of one. */
export const allIntegrations: Operation = {
  name: 'all_integrations',
  verb: 'GET',
  path: '/integrations',
  handle({ instance, query }) {
    const hubId = query.integration_hub_id
    const actions = instance.hubs.actions().filter(({ hub }) => hubId === undefined || hub.id === hubId)
    return pickFields(actions.map(integrationView), query.fields)
  },
}
