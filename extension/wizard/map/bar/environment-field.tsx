import { FieldText } from '@looker/components'
import React, { useEffect } from 'react'
import { fieldError } from '../../../components/field-error.ts'
import { SelectField } from '../../../components/select-field.tsx'
import { useEnvironments } from '../../../history/environments.ts'
import { useWizard } from '../../wizard-context.ts'

/** By name, of those that the server names; else an ID, typed once and remembered. */
export function EnvironmentField({ error }: { error: string | undefined }) {
  const { draft, update } = useWizard()
  const environments = useEnvironments()
  const only = environments?.length === 1 ? environments[0] : undefined
  useEffect(() => {
    if (only) update((known) => (known.environmentId === '' ? { environmentId: only.id } : {}))
  }, [only, update])

  if (environments === undefined) {
    const asked = [{ value: draft.environmentId, label: draft.environmentId || 'Asking the server' }]
    return (
      <SelectField label="Heap environment" value={draft.environmentId} options={asked} onChange={() => {}} />
    )
  }
  if (environments === null) {
    return (
      <FieldText
        label="Heap environment ID"
        inputMode="numeric"
        width="100%"
        value={draft.environmentId}
        onChange={(event) => update({ environmentId: event.currentTarget.value })}
        {...fieldError(error)}
      />
    )
  }
  const id = draft.environmentId.trim()
  const isListed = environments.some((one) => one.id === id)
  return (
    <SelectField
      label="Heap environment"
      value={id}
      placeholder="Choose an environment"
      description={
        id !== '' && !isListed
          ? `The server may not write ${id}. Choose another, or ask whoever runs the server to add it.`
          : (error ?? '')
      }
      options={[
        ...environments.map(({ id: value, name, region }) => ({
          value,
          label: region === 'eu' ? `${name} (EU)` : name,
        })),
        ...(id === '' || isListed ? [] : [{ value: id, label: `${id} (not allowed)` }]),
      ]}
      onChange={(environmentId) => update({ environmentId })}
    />
  )
}
