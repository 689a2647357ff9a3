import { useEffect, useRef } from 'react'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import { useActionServer } from '../../../action-server/action-server.ts'
import { useSendOnce } from '../../../actions/send-once.ts'
import { useSettled } from '../../../components/use-settled.ts'
import { fetchImportPage } from '../../../history/sync-imports.ts'
import type { LookSample } from '../../../sample/use-sample.ts'
import { heapDestination } from '../../../sync/destination.ts'
import { onceBody } from '../../../sync/plan-body.ts'
import { formParams } from '../../../sync/settings.ts'
import { stepErrors } from '../../steps.ts'
import { useActionId } from '../../use-action-id.ts'
import { useWizard } from '../../wizard-context.ts'
import { checkedSettings, currentCheck } from './row-check.ts'
import { sendableNames } from './sendable-names.ts'

/** A Look whose first rows came faster is checked without being asked. */
const QUICK_MS = 5_000

/** A choice has to stand for so long before a check is started for it. */
const PAUSE_MS = 1_000

/**
 * The check of every row for the draft as it is, and how it is started; where that costs little, by itself.
 *
 * @param joinKey null while there is none, or nobody has judged it
 */
export function useRowCheck(sample: LookSample, joinKey: Column | null) {
  const { draft, planId, rowCheck, setRowCheck } = useWizard()
  const { server } = useActionServer()
  const actionId = useActionId()
  const run = useSendOnce()
  const settings = checkedSettings(draft)
  const isReady = joinKey !== null && actionId !== null && Object.keys(stepErrors('map', draft)).length === 0
  const isCheap = !sample.sample.partial || sample.tookMs < QUICK_MS
  const current = currentCheck(rowCheck, draft)

  async function start() {
    if (joinKey === null || actionId === null) return
    const columns = sample.columns.map(({ column }) => column)
    const checked = { ...draft, propertyNames: sendableNames(columns, joinKey, draft.propertyNames) }
    // Only what a sync that exists has delivered can be compared with.
    const known = planId === null ? null : draft.syncId
    const ref = known ?? crypto.randomUUID()
    try {
      const before =
        known !== null && server ? await fetchImportPage(server, { ref, planId }, { limit: 1 }) : null
      const params = { ...formParams(checked, true), sync_id: ref }
      const plan = await run.mutateAsync({
        actionId,
        plan: {
          ...onceBody(checked, actionId, true),
          scheduled_plan_destination: [heapDestination(actionId, params)],
        },
      })
      setRowCheck({ planId: plan.id ?? '', ref, after: before?.imports[0]?.id ?? 0, settings })
    } catch {
      // Shown from the mutation; where the server does not answer, by who asks it for the import.
    }
  }

  const wanted = useSettled(isReady && isCheap ? settings : '', PAUSE_MS)
  const tried = useRef('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the settings that are wanted
  useEffect(() => {
    if (wanted === '' || wanted !== settings || current !== null || tried.current === settings) return
    tried.current = settings
    start()
  }, [wanted, settings, current])

  /** It will start by itself in a moment: nobody need be asked to. */
  const isDue = isReady && isCheap && tried.current !== settings
  return { isReady, isDue, isCheap, current, start, isStarting: run.isLoading, error: run.error }
}
