import type { IScheduledPlan } from '@looker/sdk'
import React, { useState } from 'react'
import { useLocation, useParams } from 'react-router-dom'
import { countOf } from '../../shared/text/text-list.ts'
import type { KindOf } from '../actions/kind-lookup.ts'
import { useKindOf } from '../actions/kind-lookup.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { Loading } from '../components/loading.tsx'
import { Notice } from '../components/notice.tsx'
import { Page, PageTitle } from '../components/page.tsx'
import { Panel, Row, Stack } from '../components/panel.tsx'
import { ProblemMessage } from '../components/problem-message.tsx'
import { SectionHeading } from '../components/text.tsx'
import { ImportList } from '../imports/import-list.tsx'
import { usePlan } from '../looker/scheduled-plan.ts'
import { actionKindProblem } from '../problems/action-kind-problem.ts'
import { importsOf } from '../sync/imports-of.ts'
import { findSyncs } from '../sync/sync-summary.ts'
import { narrowTo, syncTarget } from '../sync/targets.ts'
import { NoSync } from './no-sync.tsx'
import { SavedNotice } from './saved-notice.tsx'
import { StateTag } from './state-tag.tsx'
import { SyncActions } from './sync-actions.tsx'
import { SyncOverview } from './sync-overview.tsx'

/** One sync: what it does, what can be done with it, and its last imports. */
export function SyncPage() {
  const { planId } = useParams<{ planId: string }>()
  const plan = usePlan(planId)
  const kindOf = useKindOf()
  return (
    <Page>
      {plan.isLoading && <Loading>Opening the sync</Loading>}
      {plan.isError && (
        <>
          <PageTitle>Sync</PageTitle>
          <ErrorMessage error={plan.error} retry={() => plan.refetch()} />
        </>
      )}
      {plan.data && !kindOf && <Loading>Looking for the Heap action</Loading>}
      {plan.data && kindOf && <LoadedPlan key={planId} plan={plan.data} kindOf={kindOf} />}
    </Page>
  )
}

function LoadedPlan({ plan, kindOf }: { plan: IScheduledPlan; kindOf: KindOf }) {
  const [now] = useState(() => new Date())
  const { state } = useLocation<{ saved?: string } | undefined>()
  /** Looker runs a copy of the plan; without an ID of the sync, its imports bear the copy's number. */
  const [runId, setRunId] = useState<string | null>(null)
  const [sync] = findSyncs([plan], kindOf, now)
  const target = syncTarget(plan, kindOf)
  if (!sync || !target) return <NoSync plan={plan} kindOf={kindOf} />
  return (
    <>
      <Row>
        <PageTitle>{sync.name}</PageTitle>
        <StateTag state={sync.state} />
      </Row>
      <Stack gap={24} style={{ marginTop: 16 }}>
        <SavedNotice saved={state?.saved} />
        {target.is.kind !== 'ours' && <ProblemMessage problem={actionKindProblem(target.is)} />}
        <SyncActions sync={sync} onRun={setRunId} />
        <Panel aria-label="Settings">
          <SyncOverview plan={narrowTo(plan, target)} sync={sync} />
        </Panel>
        {sync.moreTargets > 0 && (
          <Notice intent="inform">
            This schedule has {countOf(sync.moreTargets, 'more Heap destination')}. This page shows and
            changes one; what is done with the others stays as it is.
          </Notice>
        )}
        <section aria-labelledby="imports-heading">
          <SectionHeading id="imports-heading">Last imports</SectionHeading>
          <ImportList
            of={importsOf(plan, kindOf, runId)}
            expecting={runId !== null}
            // Looker calls a delivery as the plan or, where it has no name of its own, as the Look.
            names={[sync.name, plan.title ?? '']}
          />
        </section>
      </Stack>
    </>
  )
}
