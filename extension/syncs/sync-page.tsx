import type { IScheduledPlan } from '@looker/sdk'
import React, { useState } from 'react'
import { useLocation, useParams } from 'react-router-dom'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Panel, Row, Stack } from '../components/panel.tsx'
import { SectionHeading } from '../components/text.tsx'
import { ImportList } from '../imports/import-list.tsx'
import { usePlan } from '../looker/scheduled-plan.ts'
import { findSyncs } from '../sync/sync-summary.ts'
import { StateTag } from './state-tag.tsx'
import { SyncActions } from './sync-actions.tsx'
import { SyncOverview } from './sync-overview.tsx'

/** One sync: what it does, what can be done with it, and its last imports. */
export function SyncPage() {
  const { planId } = useParams<{ planId: string }>()
  const plan = usePlan(planId)
  return (
    <Page>
      {plan.isLoading && <Loading>Opening the sync</Loading>}
      {plan.isError && (
        <>
          <PageTitle>Sync</PageTitle>
          <ErrorMessage error={plan.error} retry={() => plan.refetch()} />
        </>
      )}
      {plan.data && <LoadedPlan key={planId} plan={plan.data} />}
    </Page>
  )
}

function LoadedPlan({ plan }: { plan: IScheduledPlan }) {
  const [now] = useState(() => new Date())
  const { state } = useLocation<{ saved?: string } | undefined>()
  /** Looker runs a copy of the plan, whose imports may bear the copy's number. */
  const [runId, setRunId] = useState<string | null>(null)
  const [sync] = findSyncs([plan], now)
  if (!sync) {
    return (
      <>
        <PageTitle>{plan.name || 'Scheduled plan'}</PageTitle>
        <EmptyState title="This is no sync">
          The schedule does not send a Look to Heap again and again.
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <Row>
        <PageTitle>{sync.name}</PageTitle>
        <StateTag state={sync.state} />
      </Row>
      <Stack gap={24} style={{ marginTop: 16 }}>
        {state?.saved === 'created' && (
          <Notice intent="positive" role="status">
            The sync is set up. Looker runs it as scheduled; Run now sends the rows at once.
          </Notice>
        )}
        {state?.saved === 'changed' && (
          <Notice intent="positive" role="status">
            The changes are saved and hold from the next run on.
          </Notice>
        )}
        <SyncActions sync={sync} onRun={setRunId} />
        <Panel aria-label="Settings">
          <SyncOverview plan={plan} sync={sync} />
        </Panel>
        <section aria-labelledby="imports-heading">
          <SectionHeading id="imports-heading">Last imports</SectionHeading>
          <ImportList planIds={runId === null ? [sync.id] : [sync.id, runId]} expecting={runId !== null} />
        </section>
      </Stack>
    </>
  )
}
