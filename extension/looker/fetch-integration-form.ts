import type { LookerSdk } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'
import { LookerError } from './looker-error.ts'

/**
 * Makes Looker ask an action for its form: the one call that shows which action it is, whether Looker itself
 * reaches its server, and whether it has the right authorization token.
 *
 * @returns the names of the fields, at least one
 * @throws LookerError, also for a form without fields: how Looker tells of one that failed is not documented
 */
export async function fetchFormFields(sdk: LookerSdk, integrationId: string): Promise<string[]> {
  const form = await callLooker(() => sdk.fetch_integration_form(integrationId, {}))
  const names = (form.fields ?? []).flatMap(({ name }) => (name ? [name] : []))
  if (names.length === 0) throw new LookerError('failed', 'The action server answered no form.')
  return names
}
