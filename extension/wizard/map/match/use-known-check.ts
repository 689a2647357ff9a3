import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import { NO_PROPERTY_NAMES } from '../../../../shared/rows/property-plan.ts'
import { useSendOnce } from '../../../actions/send-once.ts'
import type { LookSample } from '../../../sample/use-sample.ts'
import { heapDestination } from '../../../sync/destination.ts'
import { onceBody } from '../../../sync/plan-body.ts'
import { formParams } from '../../../sync/settings.ts'
import { useActionId } from '../../use-action-id.ts'
import { useWizard } from '../../wizard-context.ts'
import type { RowCheck } from '../check/row-check.ts'
import { checkedSettings } from '../check/row-check.ts'
import { sendableNames } from '../check/sendable-names.ts'
import type { KnownLook } from './known-look.ts'

const FOR_GOOD = { staleTime: Number.POSITIVE_INFINITY, cacheTime: Number.POSITIVE_INFINITY }

/**
 * The dry run of the Look that lists whom Heap knows, which sends nothing. It is kept for as long as the draft
 * asks the same of it.
 *
 * @param known null while none is chosen
 */
export function useKnownCheck(known: KnownLook | null) {
  const { draft } = useWizard()
  const actionId = useActionId()
  const run = useSendOnce()
  const cache = useQueryClient()
  const place = ['known-check', checkedSettings(draft), draft.environmentId, known?.id, known?.column]
  const current = useQuery<RowCheck | null>(place, () => null, { enabled: false, ...FOR_GOOD }).data ?? null

  async function start(sample: LookSample, column: Column) {
    if (known === null || actionId === null) return
    const columns = sample.columns.map((one) => one.column)
    const listed = {
      ...draft,
      look: { id: known.id, title: known.title },
      joinKey: column.name,
      propertyNames: sendableNames(columns, column, NO_PROPERTY_NAMES),
      sendAllResults: true,
    }
    // No delivery of the sync: a reference of its own, which nobody can guess.
    const ref = crypto.randomUUID()
    const params = { ...formParams(listed, true), sync_id: ref }
    try {
      const plan = await run.mutateAsync({
        actionId,
        plan: {
          ...onceBody(listed, actionId, true),
          scheduled_plan_destination: [heapDestination(actionId, params)],
        },
      })
      const check = { planId: plan.id ?? '', ref, after: 0, settings: checkedSettings(listed) }
      cache.setQueryData<RowCheck>(place, check)
    } catch {
      // Shown from the mutation.
    }
  }

  return { current, start, isStarting: run.isLoading, error: run.error }
}
