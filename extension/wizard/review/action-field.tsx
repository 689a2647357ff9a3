import React from 'react'
import { SelectField } from '../../components/select-field.tsx'
import { useHeapActions } from '../../looker/all-integrations.ts'
import { useWizard } from '../wizard-context.ts'

/** Asked only where several action hubs offer a Heap action. */
export function ActionField({ actionId }: { actionId: string | null }) {
  const { update } = useWizard()
  const actions = useHeapActions()
  const enabled = actions.data?.filter((action) => action.enabled) ?? []
  if (enabled.length < 2 || actionId === null) return null
  return (
    <SelectField
      label="Heap action"
      description="Looker knows several. If in doubt, ask a Looker admin."
      value={actionId}
      options={enabled.map(({ id, label }) => ({ value: id, label: `${label} (${id})` }))}
      onChange={(id) => update({ actionId: id })}
    />
  )
}
