import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'
import { LookerError } from './looker-error.ts'

/**
 * Makes Looker ask the action server for its form: the one call that shows whether Looker itself reaches the
 * server and has the right authorization token.
 */
export async function checkActionForm(sdk: LookerSdk, integrationId: string): Promise<true> {
  const form = await callLooker(() => sdk.fetch_integration_form(integrationId, {}))
  if (!form.fields?.length) throw new LookerError('failed', 'The action server answered no form.')
  return true
}

export function useActionFormCheck(integrationId: string | null) {
  const { sdk } = useLooker()
  return useQuery(['action-form', integrationId], () => checkActionForm(sdk, integrationId ?? ''), {
    enabled: integrationId !== null,
  })
}
