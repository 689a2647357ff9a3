import { useKindOf } from '../../../actions/kind-lookup.ts'
import { usePlan } from '../../../looker/scheduled-plan.ts'
import { planChange } from '../../../sync/plan-change.ts'
import { syncTarget } from '../../../sync/targets.ts'
import { useWizard } from '../../wizard-context.ts'

/** The destinations, in words, that would lose their secrets if the draft's settings were written. */
export function useLostSecrets(actionId: string | null): string[] {
  const { draft, planId } = useWizard()
  const plan = usePlan(planId)
  const kindOf = useKindOf()
  if (!plan.data || !kindOf || actionId === null) return []
  const target = syncTarget(plan.data, kindOf)
  if (!target) return []
  const change = planChange(draft, actionId, plan.data, target, kindOf)
  return change.kind === 'loses_secrets' ? change.holders : []
}
