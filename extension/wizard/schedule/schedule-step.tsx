import { Button, ButtonOutline, FieldText } from '@looker/components'
import React, { useMemo, useState } from 'react'
import styled from 'styled-components'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { planProperties } from '../../../shared/rows/property-plan.ts'
import { Panel, Stack } from '../../components/panel.tsx'
import type { LookSample } from '../../sample/use-sample.ts'
import { syncName } from '../../sync/draft.ts'
import { SampleWarnings } from '../sample-warnings.tsx'
import { StepForm } from '../step-form.tsx'
import { stepErrors } from '../steps.ts'
import { useActionId } from '../use-action-id.ts'
import { WithJoinKey } from '../with-join-key.tsx'
import { useWizard } from '../wizard-context.ts'
import { ChangesPanel } from './changes-panel.tsx'
import { ActionField } from './confirm/action-field.tsx'
import type { WithSecrets } from './confirm/save-change.ts'
import { SaveError } from './confirm/save-error.tsx'
import { SecretsChoice } from './confirm/secrets-choice.tsx'
import { useLostSecrets } from './confirm/use-lost-secrets.ts'
import { useSave } from './confirm/use-save.ts'
import { EffectsPanel } from './effects/effects-panel.tsx'
import { ExamplePanel } from './effects/example-panel.tsx'
import { TestRowPanel } from './test-row/test-row-panel.tsx'
import { useTestRow } from './test-row/use-test-row.ts'
import { RowsFields } from './when/rows-fields.tsx'
import { WhenFields } from './when/when-fields.tsx'

const TITLE = 'Schedule and confirm'

const Columns = styled.div`
  align-items: start;
  display: grid;
  gap: 24px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
`

/** Step 3: when the sync runs and what it does to Heap; then Looker's schedule is made. */
export function ScheduleStep() {
  return (
    <WithJoinKey title={TITLE}>
      {(sample, joinKey) => <ScheduleForm sample={sample} joinKey={joinKey} />}
    </WithJoinKey>
  )
}

function ScheduleForm({ sample, joinKey }: { sample: LookSample; joinKey: Column }) {
  const { draft, saved, update, planId } = useWizard()
  const actionId = useActionId()
  const [way, setWay] = useState<WithSecrets>('second')
  const holders = useLostSecrets(actionId)
  const save = useSave(actionId, way)
  const test = useTestRow(actionId)
  const columns = useMemo(() => sample.columns.map(({ column }) => column), [sample])
  const plan = useMemo(
    () => planProperties(columns, joinKey, draft.propertyNames),
    [columns, joinKey, draft.propertyNames],
  )
  const [triedOther, setTriedOther] = useState(false)
  const errors = stepErrors('schedule', draft)
  const all = [...Object.values(errors), ...(plan.kind === 'failed' ? [plan.message] : [])]
  const busy = save.isLoading || test.isLoading
  const isNew = planId === null && draft.schedule.kind !== 'once'
  const unlessFaulty = (go: () => void) => () => {
    setTriedOther(true)
    if (all.length === 0) go()
  }

  return (
    <StepForm
      step="schedule"
      title={TITLE}
      lead={
        planId === null ? 'Nothing is sent before you confirm.' : 'The changes hold from the next run on.'
      }
      errors={all}
      tried={triedOther}
      next={buttonLabel(planId, draft.schedule.kind === 'once')}
      busy={busy}
      blocked={actionId === null}
      outlined={isNew}
      onNext={() => save.mutate({ run: false })}
      before={
        <ButtonOutline
          type="button"
          disabled={actionId === null || busy}
          onClick={unlessFaulty(() => test.mutate())}
        >
          Send one test row
        </ButtonOutline>
      }
      after={
        isNew && (
          <Button
            type="button"
            disabled={actionId === null || busy}
            onClick={unlessFaulty(() => save.mutate({ run: true }))}
          >
            Create and run now
          </Button>
        )
      }
    >
      {(showErrors) => (
        <Stack gap={24}>
          {saved && <ChangesPanel saved={saved} columns={columns} />}
          <Columns>
            <Stack gap={24}>
              <WhenFields errors={errors} />
              <RowsFields errors={showErrors ? errors : {}} />
            </Stack>
            <Stack gap={24}>
              <EffectsPanel sample={sample} joinKey={joinKey} plan={plan} />
              <SampleWarnings sample={sample} />
              <ExamplePanel sample={sample} joinKey={joinKey} plan={plan} />
              <Panel aria-label="Name">
                <Stack gap={16}>
                  <FieldText
                    label="Name of the sync"
                    description="How it stands in the list of syncs and in Looker's schedules."
                    value={draft.name}
                    placeholder={syncName({ ...draft, name: '' })}
                    onChange={(event) => update({ name: event.currentTarget.value })}
                  />
                  <ActionField actionId={actionId} />
                </Stack>
              </Panel>
            </Stack>
          </Columns>
          {holders.length > 0 && <SecretsChoice holders={holders} value={way} onChange={setWay} />}
          <TestRowPanel test={test} />
          {save.isError && <SaveError error={save.error} />}
        </Stack>
      )}
    </StepForm>
  )
}

function buttonLabel(planId: string | null, once: boolean): string {
  if (planId !== null) return 'Save changes'
  return once ? 'Send now' : 'Create'
}
