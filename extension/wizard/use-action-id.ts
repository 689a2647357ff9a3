import { useHeapActions } from '../looker/all-integrations.ts'
import { useWizard } from './wizard-context.ts'

/** The action the sync sends to: the chosen one, else the first that is enabled; null when there is none. */
export function useActionId(): string | null {
  const { draft } = useWizard()
  const actions = useHeapActions()
  const enabled = actions.data?.filter((action) => action.enabled) ?? []
  const chosen = enabled.find(({ id }) => id === draft.actionId)
  return (chosen ?? enabled[0])?.id ?? null
}
