import type { IIntegrationHub, IIntegrationHubHealthResult } from '@looker/sdk'
import { invalid, notFound } from '../../api-error.ts'
import { demand } from '../../demand.ts'
import { hubView } from '../../hubs/hub-views.ts'
import type { Operation } from '../../operation.ts'
import { pathParameter } from '../../operation.ts'

/** Reads the listing of a hub again, and says whether that worked. There since 25.18. */
export const integrationHubHealth: Operation = {
  name: 'get_integration_hub_health',
  verb: 'GET',
  path: '/integration_hubs/{integration_hub_id}/health',
  async handle(call): Promise<IIntegrationHubHealthResult> {
    demand(call, 'administer')
    if (call.instance.unknowns.hubHealth === 'not_there') throw notFound()
    const { hubs } = call.instance
    const hub = hubs.find(pathParameter(call, 'integration_hub_id'))
    await hubs.refresh(hub)
    return { success: hub.fetchError === null, message: hub.fetchError }
  },
}

/** "Only works for hubs that have legal_agreement_required set to true and legal_agreement_signed set to false". */
export const acceptLegalAgreement: Operation = {
  name: 'accept_integration_hub_legal_agreement',
  verb: 'POST',
  path: '/integration_hubs/{integration_hub_id}/accept_legal_agreement',
  handle(call): IIntegrationHub {
    demand(call, 'administer')
    const hub = call.instance.hubs.find(pathParameter(call, 'integration_hub_id'))
    if (hub.agreement !== 'open') {
      throw invalid([
        { field: 'legal_agreement_signed', code: 'invalid', message: 'There is no agreement to accept' },
      ])
    }
    hub.agreement = 'signed'
    return hubView(hub)
  },
}
