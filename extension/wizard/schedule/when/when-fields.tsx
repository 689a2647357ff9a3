import { FieldCheckbox, FieldText } from '@looker/components'
import React from 'react'
import { countOf } from '../../../../shared/text/text-list.ts'
import type { ChoiceOption } from '../../../components/choice.tsx'
import { Choice } from '../../../components/choice.tsx'
import { fieldError } from '../../../components/field-error.ts'
import { Notice } from '../../../components/notice.tsx'
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

type Props = {
  /** By field. */
  errors: Record<string, string>
  /** The fields show what is wrong with them. */
  showErrors: boolean
}

/** When the sync runs, and how many rows it sends. */
export function WhenFields({ errors, showErrors }: Props) {
  const { draft, update, planId } = useWizard()
  const look = useLook(draft.look?.id ?? null)
  const { schedule } = draft
  const byClock = schedule.kind !== 'once' && schedule.kind !== 'datagroup'
  // A saved schedule stays one; sending once is the button Run now.
  const kinds = planId === null ? KINDS : KINDS.filter(({ value }) => value !== 'once')
  return (
    <Stack gap={24}>
      <Panel aria-label="Schedule">
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
      <Panel aria-labelledby="rows-heading">
        <SectionHeading id="rows-heading">Rows</SectionHeading>
        <Stack gap={16}>
          <FieldCheckbox
            label="Send all results"
            description="Every row of the query, whatever the Look's row limit."
            checked={draft.sendAllResults}
            onChange={() => update({ sendAllResults: !draft.sendAllResults })}
          />
          {!draft.sendAllResults && (
            <Notice intent="warn" role="status">
              {limitText(look.data?.rowLimit ?? null)} Users beyond it keep their old values in Heap.
            </Notice>
          )}
          {(draft.dryRun || planId !== null) && (
            <FieldCheckbox
              label="Dry run"
              description="Every run checks and counts the rows and sends nothing to Heap."
              checked={draft.dryRun}
              onChange={() => update({ dryRun: !draft.dryRun })}
            />
          )}
          <FieldText
            label="Rejected rows allowed, in percent"
            description="Above this share Looker mails you that the delivery failed. The good rows are imported either way."
            inputMode="decimal"
            width="420px"
            value={draft.maxRejectedPercent}
            onChange={(event) => update({ maxRejectedPercent: event.currentTarget.value })}
            {...fieldError(showErrors ? errors.max_rejected_percent : undefined)}
          />
        </Stack>
      </Panel>
    </Stack>
  )
}

function limitText(limit: number | null): string {
  return limit === null
    ? "Looker cuts the result at the Look's row limit, 500 unless it was changed."
    : `Looker cuts the result at the Look's row limit, ${countOf(limit, 'row')}.`
}
