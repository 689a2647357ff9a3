import { Button, ButtonOutline, Confirm } from '@looker/components'
import React from 'react'
import { useHistory } from 'react-router-dom'
import { ErrorMessage } from '../components/error-message.tsx'
import { Notice } from '../components/notice.tsx'
import { Row, Stack } from '../components/panel.tsx'
import { Muted } from '../components/text.tsx'
import { useDeletePlan } from '../looker/delete-scheduled-plan.ts'
import { useRunPlanNow } from '../looker/scheduled-plan-run-once-by-id.ts'
import { useUpdatePlan } from '../looker/update-scheduled-plan.ts'
import { PATHS, stepPath } from '../routes.ts'
import type { Rights } from '../sync/rights.ts'
import type { SyncSummary } from '../sync/sync-summary.ts'

type Props = { sync: SyncSummary; rights: Rights; onRun: (planId: string) => void }

/** Edit, run, pause and delete, as far as the user may; the rest is disabled, and why is said. */
export function SyncActions({ sync, rights, onRun }: Props) {
  const history = useHistory()
  const run = useRunPlanNow()
  const update = useUpdatePlan()
  const remove = useDeletePlan()
  const mayNot = rights.kind === 'may_not'
  const busy = mayNot || run.isLoading || update.isLoading || remove.isLoading
  const error = run.error ?? update.error ?? remove.error
  const paused = sync.state === 'paused'
  const forget = () => {
    run.reset()
    update.reset()
    remove.reset()
  }
  const enable = (enabled: boolean) => {
    forget()
    update.mutate({ id: sync.id, change: { enabled } })
  }
  return (
    <Stack gap={12}>
      <Row>
        <Button disabled={mayNot} onClick={() => history.push(stepPath(sync.id, 'schedule'))}>
          Edit
        </Button>
        <ButtonOutline
          disabled={busy || sync.action.kind !== 'ours'}
          onClick={() => {
            forget()
            run.mutate(sync.id, { onSuccess: (plan) => onRun(plan.id ?? sync.id) })
          }}
        >
          Run now
        </ButtonOutline>
        <Confirm
          title={`Resume "${sync.name}"?`}
          message="If a run came due while the sync was paused, Looker sends it at once: all its rows go to Heap now."
          confirmLabel="Resume"
          onConfirm={(close) => {
            close()
            enable(true)
          }}
        >
          {(open) => (
            <ButtonOutline disabled={busy} onClick={paused ? open : () => enable(false)}>
              {paused ? 'Resume' : 'Pause'}
            </ButtonOutline>
          )}
        </Confirm>
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
      {rights.kind === 'may_not' && <Muted>{rights.reason}</Muted>}
      {rights.kind === 'unknown' && <Muted>{rights.hint}</Muted>}
      {error !== null && <ErrorMessage error={error} />}
      {update.isSuccess && update.variables?.change.enabled === true && (
        <Notice intent="inform" role="status">
          The sync is active again.
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
