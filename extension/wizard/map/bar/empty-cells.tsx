import { FieldText } from '@looker/components'
import React, { useState } from 'react'
import { Stack } from '../../../components/panel.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { useWizard } from '../../wizard-context.ts'

const USUAL = '(none)'

/** What an empty cell does in Heap, for the whole sync. */
export function EmptyCells() {
  const { draft, update } = useWizard()
  const [typing, setTyping] = useState(draft.emptyValue !== '')
  return (
    <Stack gap={12}>
      <SelectField
        label="An empty cell"
        value={typing ? 'text' : 'leave'}
        options={[
          { value: 'leave', label: 'leaves the old value' },
          { value: 'text', label: 'becomes a text' },
        ]}
        description="Heap has no way to clear a value."
        onChange={(value) => {
          setTyping(value === 'text')
          update({ emptyValue: value === 'text' ? USUAL : '' })
        }}
      />
      {typing && (
        <FieldText
          label="Text for empty cells"
          width="100%"
          value={draft.emptyValue}
          onChange={(event) => update({ emptyValue: event.currentTarget.value })}
        />
      )}
    </Stack>
  )
}
