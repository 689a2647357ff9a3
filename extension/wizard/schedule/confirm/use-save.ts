import type { IScheduledPlan } from '@looker/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useHistory } from 'react-router-dom'
import { demandOurAction } from '../../../actions/demand-our-action.ts'
import type { LookerSdk } from '../../../looker/adaptor.tsx'
import { useLooker } from '../../../looker/adaptor.tsx'
import { createPlan } from '../../../looker/create-scheduled-plan.ts'
import { runPlanOnce } from '../../../looker/scheduled-plan-run-once.ts'
import { runPlanNow } from '../../../looker/scheduled-plan-run-once-by-id.ts'
import { sentPath, syncPath } from '../../../routes.ts'
import { syncName, withSyncId } from '../../../sync/draft.ts'
import { rememberSentOnce } from '../../../sync/once-memory.ts'
import { onceBody, planBody } from '../../../sync/plan-body.ts'
import type { Saved } from '../../../syncs/saved-notice.tsx'
import { rememberEnvironmentId } from '../../environment-memory.ts'
import { useWizard } from '../../wizard-context.ts'
import type { WithSecrets } from './save-change.ts'
import { saveChange } from './save-change.ts'

/** What the page of a sync says when the wizard leads there; `copyId`: of the plan that Looker runs now. */
export type SavedState = { saved: Saved; copyId?: string }

/**
 * Makes the draft a plan of Looker's, a changed plan, or one delivery; then shows it and drops the draft.
 *
 * @param way what is done where changed settings cannot be written without losing secrets
 */
export function useSave(actionId: string | null, way: WithSecrets) {
  const { sdk, host } = useLooker()
  const { draft: written, planId, discard } = useWizard()
  const history = useHistory<SavedState>()
  const cache = useQueryClient()

  return useMutation(
    async ({ run }: { run: boolean }): Promise<{ plan: IScheduledPlan } & SavedState> => {
      // One that was set up without the extension has no ID yet.
      const draft = withSyncId(written)
      if (actionId === null) throw new Error('there is no action to send to')
      await demandOurAction(sdk, actionId)
      if (planId !== null) return saveChange(sdk, { planId, draft, actionId, way })
      if (draft.schedule.kind === 'once') {
        const plan = await runPlanOnce(sdk, onceBody(draft, actionId, false))
        await rememberSentOnce(host, {
          planId: plan.id ?? '',
          syncId: draft.syncId ?? '',
          title: syncName(draft),
          at: new Date().toISOString(),
        })
        return { plan, saved: 'created' }
      }
      const plan = await createPlan(sdk, planBody(draft, actionId))
      return { plan, ...(run ? await runCreated(sdk, plan) : { saved: 'created' }) }
    },
    {
      onSuccess: async ({ plan, ...saved }) => {
        const id = plan.id ?? planId ?? ''
        await rememberEnvironmentId(host, written.environmentId)
        await Promise.all([
          cache.invalidateQueries(['plans']),
          cache.invalidateQueries(['plan', id]),
          cache.invalidateQueries(['sent-once']),
        ])
        discard()
        // The wizard is replaced: back leads to where it was opened, not to a draft that is done.
        if (planId === null && written.schedule.kind === 'once') history.replace(sentPath(id))
        else history.replace(syncPath(id), saved)
      },
    },
  )
}

/** The sync exists by now, so that a run that Looker refuses is said on its page and does not bring it back here. */
async function runCreated(sdk: LookerSdk, { id = '' }: IScheduledPlan): Promise<SavedState> {
  try {
    const copy = await runPlanNow(sdk, id)
    return { saved: 'running', copyId: copy.id ?? '' }
  } catch {
    return { saved: 'not_run' }
  }
}
