import type { LookerSdk } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** An action of one of Looker's action hubs. */
export type Integration = {
  /** `<hub id>::<name>` */
  id: string
  label: string
  enabled: boolean
}

/** Our action's name, which never changes; Heap's own action on another hub has it as well. */
const ACTION_NAME = 'heap'

export function isHeapActionId(integrationId: string): boolean {
  return integrationId.split('::')[1] === ACTION_NAME
}

/** The actions called `heap` of all action hubs, the enabled ones first. */
export async function fetchHeapIntegrations(sdk: LookerSdk): Promise<Integration[]> {
  const integrations = await callLooker(() => sdk.all_integrations({}))
  return integrations
    .filter((integration) => isHeapActionId(integration.id ?? ''))
    .map((integration) => ({
      id: integration.id ?? '',
      label: integration.label ?? 'Heap',
      enabled: integration.enabled === true,
    }))
    .sort((a, b) => Number(b.enabled) - Number(a.enabled))
}
