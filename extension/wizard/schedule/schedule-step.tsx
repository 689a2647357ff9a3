import { FieldText } from '@looker/components'
import React, { useMemo, useState } from 'react'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { planProperties } from '../../../shared/rows/property-plan.ts'
import { Notice } from '../../components/notice.tsx'
import { Panel, Stack } from '../../components/panel.tsx'
import { joinKeyProblems } from '../../sample/join-key-problems.ts'
import type { LookSample } from '../../sample/use-sample.ts'
import { syncName } from '../../sync/draft.ts'
import { SampleWarnings } from '../sample-warnings.tsx'
import { StepForm } from '../step-form.tsx'
import { stepErrors } from '../steps.ts'
import { useActionId } from '../use-action-id.ts'
import { WithJoinKey } from '../with-join-key.tsx'
import { useWizard } from '../wizard-context.ts'
import { ActionField } from './confirm/action-field.tsx'
import type { WithSecrets } from './confirm/save-change.ts'
import { SaveError } from './confirm/save-error.tsx'
import { SecretsChoice } from './confirm/secrets-choice.tsx'
import { SyncFacts } from './confirm/sync-facts.tsx'
import { useLostSecrets } from './confirm/use-lost-secrets.ts'
import { useSave } from './confirm/use-save.ts'
import { WhenFields } from './when/when-fields.tsx'

const TITLE = 'Schedule and confirm'

/** Step 3: when the sync runs and what it does; then Looker's schedule is made. */
export function ScheduleStep() {
  return (
    <WithJoinKey title={TITLE}>
      {(sample, joinKey) => <ScheduleForm sample={sample} joinKey={joinKey} />}
    </WithJoinKey>
  )
}

function ScheduleForm({ sample, joinKey }: { sample: LookSample; joinKey: Column }) {
  const { draft, update, planId } = useWizard()
  const actionId = useActionId()
  const [way, setWay] = useState<WithSecrets>('second')
  const holders = useLostSecrets(actionId)
  const save = useSave(actionId, way)
  const plan = useMemo(() => {
    const columns = sample.columns.map(({ column }) => column)
    return planProperties(columns, joinKey, draft.propertyNames)
  }, [sample, joinKey, draft.propertyNames])
  const key = sample.columns.find(({ column }) => column === joinKey)
  const doubts = key ? joinKeyProblems(key.stats) : []
  const errors = stepErrors('schedule', draft)

  return (
    <StepForm
      step="schedule"
      title={TITLE}
      lead={
        planId === null ? 'Nothing is sent before you confirm.' : 'The changes hold from the next run on.'
      }
      errors={[...Object.values(errors), ...(plan.kind === 'failed' ? [plan.message] : [])]}
      next={buttonLabel(planId, draft.schedule.kind === 'once')}
      busy={save.isLoading}
      blocked={actionId === null}
      onNext={() => save.mutate()}
    >
      {(showErrors) => (
        <Stack gap={24}>
          <WhenFields errors={errors} showErrors={showErrors} />
          <Panel aria-label="Summary">
            <SyncFacts joinKey={joinKey} plan={plan} />
          </Panel>
          {doubts.length > 0 && (
            <Notice intent="warn">
              <p>
                <strong>The join key {joinKey.label} is not perfect in the sample:</strong>
              </p>
              {doubts.map(({ text }) => (
                <p key={text}>{text}</p>
              ))}
            </Notice>
          )}
          <SampleWarnings sample={sample} />
          {!draft.sendAllResults && (
            <Notice intent="warn">The Look's row limit applies: rows beyond it are not sent.</Notice>
          )}
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
          {holders.length > 0 && <SecretsChoice holders={holders} value={way} onChange={setWay} />}
          {save.isError && <SaveError error={save.error} />}
        </Stack>
      )}
    </StepForm>
  )
}

function buttonLabel(planId: string | null, once: boolean): string {
  if (planId !== null) return 'Save changes'
  return once ? 'Send now' : 'Create sync'
}
