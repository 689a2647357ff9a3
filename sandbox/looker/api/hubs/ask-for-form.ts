import type { ActionFormField } from '../../action/action-form.ts'
import { fetchForm } from '../../action/action-set-up.ts'
import type { Hubs, RegisteredAction } from './hubs.ts'

type AskedForm = { kind: 'fields'; fields: ActionFormField[] } | { kind: 'failed'; message: string }

/**
 * Asks an action for its form with the hub's token, as Looker does for the Send dialog, for the API, and to
 * test an action. Looker reads the listing again before.
 */
export async function askForForm(
  hubs: Hubs,
  action: RegisteredAction,
  formParams: Record<string, string> = {},
): Promise<AskedForm> {
  const { hub } = action
  try {
    await hubs.refresh(hub)
    if (hub.fetchError !== null) return { kind: 'failed', message: hub.fetchError }
    const form = await fetchForm(hubs.clientOf(hub), hubs.findAction(action.id).listed, formParams)
    if (form.kind === 'fields') return form
    return { kind: 'failed', message: form.kind === 'error' ? form.message : form.problems.join('; ') }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
