import { createContext, useContext } from 'react'
import type { Draft } from '../sync/draft.ts'
import type { DraftChange } from './draft-change.ts'
import type { RowCheck } from './map/check/row-check.ts'
import type { StepId } from './steps.ts'

export type Wizard = {
  /** The sync that is edited; null for a new one. */
  planId: string | null
  draft: Draft
  /** What an edited sync is as it was saved; null for a new one. */
  saved: Draft | null
  update: (change: DraftChange) => void
  /** Forgets the stored draft, as it became a sync. */
  discard: () => void
  /** Back to what the wizard began with. */
  startOver: () => void
  goTo: (step: StepId) => void
  /** The dry run that checks every row, whether or not it is still true: see `currentCheck`. */
  rowCheck: RowCheck | null
  setRowCheck: (check: RowCheck | null) => void
}

export const WizardContext = createContext<Wizard | null>(null)

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext)
  if (!wizard) throw new Error('useWizard needs a WizardContext')
  return wizard
}
