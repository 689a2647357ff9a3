import { useMutation } from '@tanstack/react-query'
import { useActionServer } from '../../../action-server/action-server.ts'
import { sendOnce } from '../../../actions/send-once.ts'
import { fetchImportPage } from '../../../history/sync-imports.ts'
import { useLooker } from '../../../looker/adaptor.tsx'
import { withSyncId } from '../../../sync/draft.ts'
import { testRowBody } from '../../../sync/plan-body.ts'
import { useWizard } from '../../wizard-context.ts'

/** A test that Looker was asked for: an import of this sync, newer than the newest of before. */
export type AskedTest = { ref: string; after: number | null }

/**
 * Sends the first row that can be sent, for real, as a delivery of this sync: only who knows the ID of a sync
 * is shown what was sent, and what the row was sent with counts as newer than the last delivery.
 */
export function useTestRow(actionId: string | null) {
  const { sdk } = useLooker()
  const { draft: written, update } = useWizard()
  const { server, error } = useActionServer()
  return useMutation(async (): Promise<AskedTest> => {
    if (error !== null) throw error
    if (actionId === null || server === null) throw new Error('there is no action to send to')
    const draft = withSyncId(written)
    update({ syncId: draft.syncId })
    const ref = draft.syncId ?? ''
    const before = await fetchImportPage(server, { ref, planId: null }, { limit: 1 })
    await sendOnce(sdk, { actionId, plan: testRowBody(draft, actionId) })
    return { ref, after: before.imports[0]?.id ?? null }
  })
}
