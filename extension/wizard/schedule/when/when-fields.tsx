import React from 'react'
import type { ChoiceOption } from '../../../components/choice.tsx'
import { Choice } from '../../../components/choice.tsx'
import { Panel, Stack } from '../../../components/panel.tsx'
import { SectionHeading } from '../../../components/text.tsx'
import { useLook } from '../../../looker/look.ts'
import type { ScheduleKind } from '../../../sync/schedule.ts'
import { defaultSchedule } from '../../../sync/schedule.ts'
import { useWizard } from '../../wizard-context.ts'
import { NextRuns } from './next-runs.tsx'
import { ScheduleFields } from './schedule-fields.tsx'
import { TimeZoneField } from './time-zone-field.tsx'

const KINDS: ChoiceOption<ScheduleKind>[] = [
  { value: 'once', label: 'Once, now', description: 'No schedule is kept' },
  { value: 'hourly', label: 'Hourly' },
  { value: 'daily', label: 'Daily' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'monthly', label: 'Monthly' },
  { value: 'cron', label: 'Cron', description: 'Any rhythm, as a crontab' },
  { value: 'datagroup', label: 'When data changes', description: 'A datagroup of the model triggers' },
]

/** When the sync runs. @param errors by field */
export function WhenFields({ errors }: { errors: Record<string, string> }) {
  const { draft, update, planId } = useWizard()
  const look = useLook(draft.look?.id ?? null)
  const { schedule } = draft
  const byClock = schedule.kind !== 'once' && schedule.kind !== 'datagroup'
  // A saved schedule stays one; sending once is the button Run now.
  const kinds = planId === null ? KINDS : KINDS.filter(({ value }) => value !== 'once')
  return (
    <Panel aria-labelledby="schedule-heading">
      <SectionHeading id="schedule-heading">When it runs</SectionHeading>
      <Stack gap={20}>
        <Choice
          legend="Run"
          name="schedule"
          value={schedule.kind}
          options={kinds}
          onChange={(kind) => update({ schedule: defaultSchedule(kind) })}
        />
        <ScheduleFields model={look.data?.model ?? null} />
        {byClock && <TimeZoneField />}
        <NextRuns problem={errors.schedule ?? null} />
      </Stack>
    </Panel>
  )
}
