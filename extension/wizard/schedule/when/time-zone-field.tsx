import React from 'react'
import { SelectField } from '../../../components/select-field.tsx'
import { useTimeZones } from '../../../looker/all-timezones.ts'
import { useWizard } from '../../wizard-context.ts'

/** The time zones that Looker knows; the draft's own and UTC alone when Looker does not say. */
export function TimeZoneField() {
  const { draft, update } = useWizard()
  const zones = useTimeZones()
  const known = zones.data ?? [{ value: 'UTC', label: 'UTC' }]
  const own = known.some(({ value }) => value === draft.timezone)
    ? []
    : [{ value: draft.timezone, label: draft.timezone }]
  return (
    <SelectField
      label="Time zone"
      value={draft.timezone}
      options={[...own, ...known]}
      onChange={(timezone) => update({ timezone })}
    />
  )
}
