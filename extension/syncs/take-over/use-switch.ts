import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useHistory } from 'react-router-dom'
import { demandOurAction } from '../../actions/demand-our-action.ts'
import { useLooker } from '../../looker/adaptor.tsx'
import { createPlan } from '../../looker/create-scheduled-plan.ts'
import { updatePlan } from '../../looker/update-scheduled-plan.ts'
import { syncPath } from '../../routes.ts'
import type { TakeOver } from '../../sync/take-over.ts'

/** Switches the plan to our action, or makes a second one where the change would lose secrets. */
export function useSwitch(
  planId: string,
  actionId: string,
  takeOver: Extract<TakeOver, { kind: 'possible' }>,
) {
  const { sdk } = useLooker()
  const history = useHistory()
  const cache = useQueryClient()
  return useMutation(
    async () => {
      await demandOurAction(sdk, actionId)
      const { change, second, holders } = takeOver
      return holders.length > 0 ? createPlan(sdk, second) : updatePlan(sdk, { id: planId, change })
    },
    {
      onSuccess: async (plan) => {
        const id = plan.id ?? planId
        await Promise.all([cache.invalidateQueries(['plans']), cache.invalidateQueries(['plan', id])])
        history.replace(syncPath(id), { saved: takeOver.holders.length > 0 ? 'second' : 'taken_over' })
      },
    },
  )
}
