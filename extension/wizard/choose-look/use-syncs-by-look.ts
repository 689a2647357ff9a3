import { useMemo } from 'react'
import { useKindOf } from '../../actions/kind-lookup.ts'
import { useSyncHealths } from '../../history/sync-healths.ts'
import { addressOf } from '../../history/sync-ref.ts'
import { usePlans } from '../../looker/all-scheduled-plans.ts'
import type { ListedSync } from '../../sync/sync-order.ts'
import { listedState } from '../../sync/sync-order.ts'
import { findSyncs } from '../../sync/sync-summary.ts'
import { syncTarget } from '../../sync/targets.ts'

/**
 * The syncs that the user may see of each Look. None while they are not known: the list of Looks waits for
 * nothing, and what cannot be found out here is said in the list of syncs.
 */
export function useSyncsByLook(): (lookId: string) => ListedSync[] {
  const plans = usePlans().data?.plans
  const kindOf = useKindOf()
  const syncs = useMemo(
    () =>
      plans && kindOf
        ? plans.flatMap((plan) => {
            const target = plan.look_id ? syncTarget(plan, kindOf) : null
            const [sync] = target ? findSyncs([plan], kindOf, new Date()) : []
            return sync && target ? [{ sync, ref: addressOf(plan, target).ref }] : []
          })
        : [],
    [plans, kindOf],
  )
  const { byRef } = useSyncHealths(syncs.map(({ ref }) => ref))
  return (lookId) =>
    syncs
      .filter(({ sync }) => sync.lookId === lookId)
      .map(({ sync, ref }) => {
        const health = byRef?.get(ref)
        return { sync, health, state: listedState(sync, health) }
      })
}
