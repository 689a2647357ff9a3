import { useCallback, useRef, useState } from 'react'
import type { PropertyNames } from '../../../../shared/rows/property-plan.ts'
import { useWizard } from '../../wizard-context.ts'
import type { NamesEdit } from './property-edits.ts'

/** Changes names; `what` says it to who takes it back, and several of one kind in a row are one. */
export type EditNames = (edit: NamesEdit, what: string) => void

type Step = { before: PropertyNames; what: string }

/** Enough for an afternoon. */
const MOST_STEPS = 100

/** The names of the draft, how they are changed, and the last change taken back. */
export function useNames() {
  const { draft, update } = useWizard()
  const names = useRef(draft.propertyNames)
  names.current = draft.propertyNames
  const [steps, setSteps] = useState<readonly Step[]>([])

  const edit: EditNames = useCallback(
    (change, what) => {
      const before = names.current
      setSteps((known) => {
        // Letters of one name are one change.
        if (known.at(-1)?.what === what) return known
        return [...known, { before, what }].slice(-MOST_STEPS)
      })
      update((known) => ({ propertyNames: change(known.propertyNames) }))
    },
    [update],
  )

  const last = steps.at(-1)
  const undo = last && {
    what: last.what,
    run: () => {
      setSteps(steps.slice(0, -1))
      update({ propertyNames: last.before })
    },
  }
  return { edit, undo: undo ?? null }
}
