import type { ImportDetail } from '../../../../shared/api/import-detail.ts'
import { useImportDetail } from '../../../history/import-detail.ts'
import { useNewestImport } from '../../../history/newest-import.ts'
import { planAddress } from '../../../history/sync-ref.ts'
import { formParams } from '../../../sync/settings.ts'
import { useWizard } from '../../wizard-context.ts'

/** The check of every row, if it was started for the draft as it is now. */
export type RowCheck = { kind: 'none' } | { kind: 'running' } | { kind: 'finished'; detail: ImportDetail }

export function useRowCheck(): RowCheck {
  const { draft, rowCheck } = useWizard()
  const settings = JSON.stringify([draft.look?.id, formParams(draft, true)])
  const current = rowCheck?.settings === settings ? rowCheck.planId : null
  const address = current === null ? null : planAddress(current)
  const newest = useNewestImport(address)
  const { data } = useImportDetail(address, newest.id)
  if (address === null) return { kind: 'none' }
  return data?.state === 'finished' ? { kind: 'finished', detail: data } : { kind: 'running' }
}
