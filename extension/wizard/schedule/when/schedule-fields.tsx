import { FieldText } from '@looker/components'
import React from 'react'
import { Row } from '../../../components/panel.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { TimeField } from '../../../components/time-field.tsx'
import { HOURLY_STEPS } from '../../../sync/schedule.ts'
import { useWizard } from '../../wizard-context.ts'
import { DatagroupField } from './datagroup-field.tsx'
import { DaysField } from './days-field.tsx'

/** The fields of the chosen kind of schedule. */
export function ScheduleFields({ model }: { model: string | null }) {
  const { draft, update } = useWizard()
  const { schedule } = draft
  switch (schedule.kind) {
    case 'hourly':
      return (
        <Row gap={16}>
          <SelectField
            label="Every"
            value={String(schedule.every)}
            options={HOURLY_STEPS.map((every) => ({
              value: String(every),
              label: every === 1 ? 'hour' : `${every} hours`,
            }))}
            onChange={(every) => update({ schedule: { ...schedule, every: Number(every) } })}
          />
          <FieldText
            label="At minute"
            type="number"
            min={0}
            max={59}
            width="120px"
            value={String(schedule.minute)}
            onChange={(event) =>
              update({ schedule: { ...schedule, minute: Number(event.currentTarget.value) } })
            }
          />
        </Row>
      )
    case 'daily':
      return (
        <TimeField time={schedule.time} onChange={(time) => update({ schedule: { ...schedule, time } })} />
      )
    case 'weekly':
      return (
        <>
          <DaysField days={schedule.days} onChange={(days) => update({ schedule: { ...schedule, days } })} />
          <TimeField time={schedule.time} onChange={(time) => update({ schedule: { ...schedule, time } })} />
        </>
      )
    case 'monthly':
      return (
        <Row gap={16}>
          <SelectField
            label="On day"
            {...(schedule.day > 28 ? { description: 'Shorter months are left out.' } : {})}
            value={String(schedule.day)}
            options={Array.from({ length: 31 }, (_, index) => ({
              value: String(index + 1),
              label: String(index + 1),
            }))}
            onChange={(day) => update({ schedule: { ...schedule, day: Number(day) } })}
          />
          <TimeField time={schedule.time} onChange={(time) => update({ schedule: { ...schedule, time } })} />
        </Row>
      )
    case 'cron':
      return (
        <FieldText
          label="Crontab"
          description="Minute, hour, day of month, month, day of week. For example 15 3 * * 1-5."
          width="280px"
          value={schedule.crontab}
          onChange={(event) => update({ schedule: { ...schedule, crontab: event.currentTarget.value } })}
        />
      )
    case 'datagroup':
      return (
        <DatagroupField
          model={model}
          value={schedule.datagroup}
          onChange={(datagroup) => update({ schedule: { ...schedule, datagroup } })}
        />
      )
    default:
      return null
  }
}
