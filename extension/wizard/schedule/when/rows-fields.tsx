import { FieldText } from '@looker/components'
import React from 'react'
import { ALL_EVERY } from '../../../../shared/settings/send.ts'
import { countOf } from '../../../../shared/text/text-list.ts'
import { CheckboxField } from '../../../components/checkbox-field.tsx'
import { fieldError } from '../../../components/field-error.ts'
import { Notice } from '../../../components/notice.tsx'
import { Panel, Stack } from '../../../components/panel.tsx'
import { SectionHeading } from '../../../components/text.tsx'
import { useLook } from '../../../looker/look.ts'
import { useWizard } from '../../wizard-context.ts'

/** Which rows a run sends. @param errors by field, to be shown with it */
export function RowsFields({ errors }: { errors: Record<string, string> }) {
  const { draft, update, planId } = useWizard()
  const look = useLook(draft.look?.id ?? null)
  return (
    <Panel aria-labelledby="rows-heading">
      <SectionHeading id="rows-heading">Rows</SectionHeading>
      <Stack gap={16}>
        {draft.schedule.kind !== 'once' && (
          <CheckboxField
            label="Send only what is new or has changed"
            description={`Rows that equal those of the last delivery are left out and counted as unchanged. Every ${ALL_EVERY}th delivery sends all rows, and so does the next one when names, columns or the target change. Not for properties that other tools write too: what they change stays until then.`}
            checked={draft.send === 'changed'}
            onChange={() => update({ send: draft.send === 'changed' ? 'all' : 'changed' })}
          />
        )}
        <CheckboxField
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
          <CheckboxField
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
          value={draft.maxRejectedPercent}
          onChange={(event) => update({ maxRejectedPercent: event.currentTarget.value })}
          {...fieldError(errors.max_rejected_percent)}
        />
      </Stack>
    </Panel>
  )
}

function limitText(limit: number | null): string {
  return limit === null
    ? "Looker cuts the result at the Look's row limit, 500 unless it was changed."
    : `Looker cuts the result at the Look's row limit, ${countOf(limit, 'row')}.`
}
