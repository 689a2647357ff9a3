import { ButtonOutline } from '@looker/components'
import React from 'react'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { useSendOnce } from '../../actions/send-once.ts'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Panel, Row, Stack } from '../../components/panel.tsx'
import { Muted, SectionHeading } from '../../components/text.tsx'
import { ImportProgress } from '../../imports/import-progress.tsx'
import { onceBody } from '../../sync/plan-body.ts'
import { formParams } from '../../sync/settings.ts'
import { stepErrors } from '../steps.ts'
import { useActionId } from '../use-action-id.ts'
import { useWizard } from '../wizard-context.ts'
import { sendableNames } from './sendable-names.ts'

/** A dry run on the server: every row of the Look by the rules of a real import, and nothing sent. */
export function CheckRows({ columns, joinKey }: { columns: Column[]; joinKey: Column | null }) {
  const { draft, rowCheck, setRowCheck } = useWizard()
  const actionId = useActionId()
  const run = useSendOnce()
  const incomplete = Object.keys(stepErrors('map', draft)).length > 0 || joinKey === null
  const settings = JSON.stringify([draft.look?.id, formParams(draft, true)])
  const current = rowCheck?.settings === settings ? rowCheck : null

  async function check() {
    if (joinKey === null || actionId === null) return
    const checked = { ...draft, propertyNames: sendableNames(columns, joinKey, draft.propertyNames) }
    try {
      const plan = await run.mutateAsync({ actionId, plan: onceBody(checked, actionId, true) })
      setRowCheck({ planId: plan.id ?? '', settings })
    } catch {
      // Shown below, from the mutation.
    }
  }

  return (
    <Panel aria-labelledby="check-heading">
      <SectionHeading id="check-heading">Check every row</SectionHeading>
      <Stack gap={16}>
        <Row>
          <ButtonOutline type="button" disabled={incomplete || run.isLoading} onClick={check}>
            {current ? 'Check again' : 'Check every row'}
          </ButtonOutline>
          <Muted>
            {incomplete
              ? 'Pick a column, give the environment ID and choose what to match by first.'
              : 'Looker delivers all rows to the action server, which counts them and sends nothing to Heap.'}
          </Muted>
        </Row>
        {run.isError && <ErrorMessage error={run.error} />}
        {current && <ImportProgress key={current.planId} planId={current.planId} />}
      </Stack>
    </Panel>
  )
}
