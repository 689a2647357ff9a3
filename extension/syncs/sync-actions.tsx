import { Button, ButtonOutline, Confirm } from '@looker/components'
import React from 'react'
import { useHistory } from 'react-router-dom'
import { ErrorMessage } from '../components/error-message.tsx'
import { Notice } from '../components/notice.tsx'
import { Row, Stack } from '../components/panel.tsx'
import { useDeletePlan } from '../looker/delete-scheduled-plan.ts'
import { useRunPlanNow } from '../looker/scheduled-plan-run-once-by-id.ts'
import { useUpdatePlan } from '../looker/update-scheduled-plan.ts'
import { PATHS, stepPath } from '../routes.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'

/** Edit, run, pause and delete. Looker lets owners and admins do it and refuses others, which is shown. */
export function SyncActions({ sync, onRun }: { sync: SyncSummary; onRun: (planId: string) => void }) {
  const history = useHistory()
  const run = useRunPlanNow()
  const update = useUpdatePlan()
  const remove = useDeletePlan()
  const busy = run.isLoading || update.isLoading || remove.isLoading
  const error = run.error ?? update.error ?? remove.error
  const paused = sync.state === 'paused'
  const forget = () => {
    run.reset()
    update.reset()
    remove.reset()
  }
  return (
    <Stack gap={12}>
      <Row>
        <Button onClick={() => history.push(stepPath(sync.id, 'schedule'))}>Edit</Button>
        <ButtonOutline
          disabled={busy || sync.action.kind !== 'ours'}
          onClick={() => {
            forget()
            run.mutate(sync.id, { onSuccess: (plan) => onRun(plan.id ?? sync.id) })
          }}
        >
          Run now
        </ButtonOutline>
        <ButtonOutline
          disabled={busy}
          onClick={() => {
            forget()
            update.mutate({ id: sync.id, change: { enabled: paused } })
          }}
        >
          {paused ? 'Resume' : 'Pause'}
        </ButtonOutline>
        <Confirm
          title={`Delete "${sync.name}"?`}
          message="Looker stops sending these rows. What Heap already has stays there, and so does the Look."
          confirmLabel="Delete"
          buttonColor="critical"
          onConfirm={(close) => {
            close()
            forget()
            remove.mutate(sync.id, { onSuccess: () => history.replace(PATHS.syncs) })
          }}
        >
          {(open) => (
            <ButtonOutline color="critical" disabled={busy} onClick={open}>
              Delete
            </ButtonOutline>
          )}
        </Confirm>
      </Row>
      {error !== null && <ErrorMessage error={error} />}
      {update.isSuccess && update.variables?.change.enabled === true && (
        <Notice intent="inform" role="status">
          The sync is active again. If a run was missed while it was paused, Looker may run it at once.
        </Notice>
      )}
      {run.isSuccess && (
        <Notice intent="inform" role="status">
          Looker runs the Look now and delivers its rows. The import appears below.
        </Notice>
      )}
    </Stack>
  )
}
