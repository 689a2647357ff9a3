import type { IIntegration, IIntegrationHub } from '@looker/sdk'
import type { ActionHub, RegisteredAction } from './hubs.ts'
import { paramViews } from './hubs.ts'

/** A hub as the API shows it; the token is write-only. */
export function hubView(hub: ActionHub): IIntegrationHub {
  return {
    id: hub.id,
    url: hub.url,
    label: hub.label,
    official: false,
    fetch_error_message: hub.fetchError,
    has_authorization_token: hub.token !== null,
    legal_agreement_signed: hub.agreement === 'signed',
    legal_agreement_required: hub.agreement !== null,
    legal_agreement_text: hub.agreement === null ? null : 'Data sent to this hub leaves Looker.',
    can: { show: true, update: true, destroy: true },
  }
}

/** Looker's answers have texts where the SDK has enumerations. */
type IntegrationJson = {
  [Name in keyof IIntegration]: Name extends `supported_${string}` ? string[] : IIntegration[Name]
}

export function integrationView(action: RegisteredAction): IntegrationJson {
  const { listed } = action
  return {
    id: action.id,
    integration_hub_id: action.hub.id,
    label: listed.label,
    description: listed.description ?? null,
    enabled: action.enabled,
    params: paramViews(action),
    supported_formats: listed.supported_formats ?? [],
    supported_action_types: listed.supported_action_types,
    supported_formattings: listed.supported_formattings ?? [],
    supported_visualization_formattings: listed.supported_visualization_formattings ?? [],
    supported_download_settings: listed.supported_download_settings ?? [],
    icon_url: listed.icon_data_uri ?? null,
    uses_oauth: listed.uses_oauth ?? false,
    required_fields: listed.required_fields ?? [],
    privacy_link: listed.privacy_link ?? null,
    delegate_oauth: listed.delegate_oauth ?? false,
    can: { show: true, update: true },
  }
}
