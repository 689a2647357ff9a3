import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useHistory } from 'react-router-dom'
import { useLooker } from '../../looker/adaptor.tsx'
import { createPlan } from '../../looker/create-scheduled-plan.ts'
import { fetchPlan } from '../../looker/scheduled-plan.ts'
import { runPlanOnce } from '../../looker/scheduled-plan-run-once.ts'
import { updatePlan } from '../../looker/update-scheduled-plan.ts'
import { sentPath, syncPath } from '../../routes.ts'
import { withSyncId } from '../../sync/draft.ts'
import { changedPlanBody, onceBody, planBody } from '../../sync/plan-body.ts'
import { rememberEnvironmentId } from '../environment-memory.ts'
import { useWizard } from '../wizard-context.ts'

/** What the page of a sync says when the wizard leads there. */
export type SavedState = { saved: 'created' | 'changed' }

/** Makes the draft a plan of Looker's, a changed plan, or one delivery; then shows it and drops the draft. */
export function useSave(actionId: string | null) {
  const { sdk, host } = useLooker()
  const { draft: written, planId, discard } = useWizard()
  const history = useHistory<SavedState>()
  const cache = useQueryClient()

  return useMutation(
    async () => {
      // One that was set up without the extension has no ID yet.
      const draft = withSyncId(written)
      if (actionId === null) throw new Error('there is no action to send to')
      if (planId !== null) {
        const change = changedPlanBody(draft, actionId, await fetchPlan(sdk, planId))
        return updatePlan(sdk, { id: planId, change })
      }
      if (draft.schedule.kind === 'once') return runPlanOnce(sdk, onceBody(draft, actionId, false))
      return createPlan(sdk, planBody(draft, actionId))
    },
    {
      onSuccess: async (plan) => {
        const id = plan.id ?? planId ?? ''
        await rememberEnvironmentId(host, written.environmentId)
        await Promise.all([cache.invalidateQueries(['plans']), cache.invalidateQueries(['plan', id])])
        discard()
        // The wizard is replaced: back leads to where it was opened, not to a draft that is done.
        if (planId === null && written.schedule.kind === 'once') history.replace(sentPath(id))
        else history.replace(syncPath(id), { saved: planId === null ? 'created' : 'changed' })
      },
    },
  )
}
