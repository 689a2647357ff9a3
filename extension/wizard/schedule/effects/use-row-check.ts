import type { ImportDetail } from '../../../../shared/api/import-detail.ts'
import { currentCheck } from '../../map/check/row-check.ts'
import { useCheckedImport } from '../../map/check/use-checked-import.ts'
import { useWizard } from '../../wizard-context.ts'

/** The check of every row, if it was started for the draft as it is now. */
export type RowCheck = { kind: 'none' } | { kind: 'running' } | { kind: 'finished'; detail: ImportDetail }

export function useRowCheck(): RowCheck {
  const { draft, rowCheck } = useWizard()
  const current = currentCheck(rowCheck, draft)
  const { data } = useCheckedImport(current)
  if (current === null) return { kind: 'none' }
  return data?.state === 'finished' ? { kind: 'finished', detail: data } : { kind: 'running' }
}
