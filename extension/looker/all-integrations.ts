import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** Our action as one of Looker's integrations. */
export type HeapAction = {
  /** `<hub id>::heap` */
  id: string
  label: string
  enabled: boolean
}

const ACTION_NAME = 'heap'

export function isHeapActionId(integrationId: string): boolean {
  return integrationId.split('::')[1] === ACTION_NAME
}

/** The Heap actions of all action hubs, the enabled ones first; none when the hub is not registered. */
export async function fetchHeapActions(sdk: LookerSdk): Promise<HeapAction[]> {
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

export function useHeapActions() {
  const { sdk } = useLooker()
  return useQuery(['heap-actions'], () => fetchHeapActions(sdk))
}
