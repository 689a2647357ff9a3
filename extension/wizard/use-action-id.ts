import { usableActions, useHeapActions } from '../actions/heap-actions.ts'
import { useWizard } from './wizard-context.ts'

/** The action the sync sends to, which is ours: the chosen one, else the first; null when there is none. */
export function useActionId(): string | null {
  const { draft } = useWizard()
  const actions = useHeapActions()
  const usable = usableActions(actions.data ?? [])
  const chosen = usable.find(({ id }) => id === draft.actionId)
  return (chosen ?? usable[0])?.id ?? null
}
