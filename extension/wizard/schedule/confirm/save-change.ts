import type { IScheduledPlan } from '@looker/sdk'
import { fetchHeapActions } from '../../../actions/heap-actions.ts'
import { kindLookup } from '../../../actions/kind-lookup.ts'
import type { LookerSdk } from '../../../looker/adaptor.tsx'
import { createPlan } from '../../../looker/create-scheduled-plan.ts'
import { fetchPlan } from '../../../looker/scheduled-plan.ts'
import { updatePlan } from '../../../looker/update-scheduled-plan.ts'
import type { Draft } from '../../../sync/draft.ts'
import { secondPlanBody } from '../../../sync/plan-body.ts'
import { planChange } from '../../../sync/plan-change.ts'
import { syncTarget } from '../../../sync/targets.ts'

/** What to do where other destinations would lose their secrets: a second plan, or all but the settings. */
export type WithSecrets = 'second' | 'schedule_only'

type Change = { planId: string; draft: Draft; actionId: string; way: WithSecrets }

/** Changes the plan as it is now, which may not be what the wizard was opened with. */
export async function saveChange(
  sdk: LookerSdk,
  { planId, draft, actionId, way }: Change,
): Promise<{ plan: IScheduledPlan; saved: 'changed' | 'second' }> {
  const [existing, actions] = await Promise.all([fetchPlan(sdk, planId), fetchHeapActions(sdk)])
  const kindOf = kindLookup(actions)
  const target = syncTarget(existing, kindOf)
  if (!target) throw new Error('the schedule does not send to Heap any more')
  const { kind, change } = planChange(draft, actionId, existing, target, kindOf)
  if (kind === 'loses_secrets' && way === 'second') {
    return { plan: await createPlan(sdk, secondPlanBody(draft, actionId)), saved: 'second' }
  }
  return { plan: await updatePlan(sdk, { id: planId, change }), saved: 'changed' }
}
