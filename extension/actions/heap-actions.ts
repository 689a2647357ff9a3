import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from '../looker/adaptor.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import type { Integration } from '../looker/all-integrations.ts'
import { fetchHeapIntegrations } from '../looker/all-integrations.ts'
import { fetchFormFields } from '../looker/fetch-integration-form.ts'
import type { ActionKind } from './action-kind.ts'
import { kindOfForm } from './action-kind.ts'

/** An action called `heap`, and what it is. */
export type HeapAction = Integration & { is: ActionKind }

/** The Heap actions of all action hubs, the enabled ones first; none when no hub has one. */
export async function fetchHeapActions(sdk: LookerSdk): Promise<HeapAction[]> {
  const integrations = await fetchHeapIntegrations(sdk)
  return Promise.all(
    integrations.map(async (integration) => ({ ...integration, is: await fetchKind(sdk, integration.id) })),
  )
}

/** Never rejects: a form that cannot be read is a kind of its own. */
export async function fetchKind(sdk: LookerSdk, integrationId: string): Promise<ActionKind> {
  try {
    return kindOfForm(await fetchFormFields(sdk, integrationId))
  } catch (error) {
    return { kind: 'failed', error }
  }
}

export function useHeapActions() {
  const { sdk } = useLooker()
  return useQuery(['heap-actions'], () => fetchHeapActions(sdk))
}

/** The actions that a sync can send to. */
export function usableActions(actions: readonly HeapAction[]): HeapAction[] {
  return actions.filter(({ enabled, is }) => enabled && is.kind === 'ours')
}
