import { FieldText } from '@looker/components'
import React, { useState } from 'react'
import { SelectField } from '../../../components/select-field.tsx'
import { useWizard } from '../../wizard-context.ts'

const USUAL = '(none)'

/** What an empty cell does in Heap, for the whole sync. */
export function EmptyCells() {
  const { draft, update } = useWizard()
  const [typing, setTyping] = useState(draft.emptyValue !== '')
  return (
    <div>
      <SelectField
        label="An empty cell"
        value={typing ? 'text' : 'leave'}
        options={[
          { value: 'leave', label: 'leaves the old value in Heap' },
          { value: 'text', label: 'overwrites it with a text' },
        ]}
        description="Heap offers no way to clear a value: only another one replaces it."
        onChange={(value) => {
          setTyping(value === 'text')
          update({ emptyValue: value === 'text' ? USUAL : '' })
        }}
      />
      {typing && (
        <FieldText
          label="Text for empty cells"
          width="200px"
          value={draft.emptyValue}
          onChange={(event) => update({ emptyValue: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
