import React from 'react'
import { usableActions, useHeapActions } from '../../../actions/heap-actions.ts'
import { SelectField } from '../../../components/select-field.tsx'
import { useWizard } from '../../wizard-context.ts'

/** Asked only where several action hubs offer our action. */
export function ActionField({ actionId }: { actionId: string | null }) {
  const { update } = useWizard()
  const actions = useHeapActions()
  const usable = usableActions(actions.data ?? [])
  if (usable.length < 2 || actionId === null) return null
  return (
    <SelectField
      label="Heap action"
      description="Looker knows several. If in doubt, ask a Looker admin."
      value={actionId}
      options={usable.map(({ id, label }) => ({ value: id, label: `${label} (${id})` }))}
      onChange={(id) => update({ actionId: id })}
    />
  )
}
